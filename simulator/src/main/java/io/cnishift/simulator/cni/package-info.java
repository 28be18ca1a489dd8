/**
 * The CNIs of the simulated nodes: which of them wires a pod, and how the VPC CNI, Cilium and kube-proxy behave. Entry for
 * others is {@link io.cnishift.simulator.cni.Dataplane}.
 */
@NullMarked
package io.cnishift.simulator.cni;

import org.jspecify.annotations.NullMarked;
