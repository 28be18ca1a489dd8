/** The Kubernetes side of the world: API semantics, controllers, scheduler, kubelet, and the port to them. */
@NullMarked
package io.cnishift.simulator.kube;

import org.jspecify.annotations.NullMarked;
