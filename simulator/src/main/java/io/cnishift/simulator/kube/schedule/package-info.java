/** The scheduler: which node a pod is bound to, and why it is bound to none. */
@NullMarked
package io.cnishift.simulator.kube.schedule;

import org.jspecify.annotations.NullMarked;
