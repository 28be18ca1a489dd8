package io.cnishift.cilium;

/** Whether and when Cilium takes over from kube-proxy. */
public enum KubeProxyReplacement {
    /** kube-proxy stays. */
    OFF,
    /** New nodes never run kube-proxy; old ones keep it. No connection on a running node is cut. */
    NEW_NODES,
    /** Switched on everywhere once all nodes belong to Cilium; cuts connections while agents restart. */
    AFTER
}
