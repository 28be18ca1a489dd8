package io.cnishift.cilium;

/** What Cilium does on nodes that still belong to the VPC CNI while a cluster has both. */
public enum Coexistence {
    /** Agents run on old nodes too, without a CNI configuration: pods of both kinds can reach each other. */
    ROUTED,
    /** Agents are kept off old nodes: simpler, but pods of the two kinds reach each other only through node ports. */
    ISOLATED
}
