package io.cnishift.cilium;

/** The path of packets between a pod and its node's network in the steady state. */
public enum HostRouting {
    /** Through the node's own network stack. Works with everything, among it the EKS Pod Identity agent. */
    LEGACY,
    /** Past the node's network stack, in BPF. Faster; needs kube-proxy replacement and BPF masquerading to take effect. */
    BPF
}
