/** The simulated cluster's Kubernetes API over HTTP, for kubectl and other clients; begin at {@code Front}. */
@NullMarked
package io.cnishift.simulator.front;

import org.jspecify.annotations.NullMarked;
