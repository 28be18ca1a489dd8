package io.cnishift.simulator.cni;

/** Who gave a pod its address and its way into the network. */
public enum CniKind {
    /** ipamd of the VPC CNI: an address of a subnet. */
    VPC_CNI("aws-cni"),
    /** Cilium with its own pool: an address that the VPC does not know. */
    CILIUM("cilium"),
    /** Cilium in ENI mode: an address of a subnet. */
    CILIUM_ENI("cilium-eni");

    private final String word;

    CniKind(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
