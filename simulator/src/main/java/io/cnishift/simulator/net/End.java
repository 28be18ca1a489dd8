package io.cnishift.simulator.net;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of a conversation.
 *
 * @param node the node that it is on, for a host or a pod
 * @param address IPv4 address; empty where it has none that matters
 * @param securityGroups of the network interface that its packets pass
 * @param secondaryEni of a pod of the VPC CNI: whether the node routes it by source address
 */
public record End(
        Kind kind,
        String name,
        Optional<String> node,
        String address,
        List<String> securityGroups,
        boolean secondaryEni) {

    /** What it is, as far as the network makes a difference. */
    public enum Kind {
        /** A pod with an address of the VPC. */
        VPC_POD,
        /** A pod with an address that only Cilium knows. */
        OVERLAY_POD,
        /** The network of a node, also of pods that share it. */
        HOST,
        /** The API servers' interfaces in the VPC. */
        CONTROL_PLANE,
        /** A node of a load balancer in the VPC. */
        LOAD_BALANCER,
        /** The instance metadata service of a node. */
        IMDS,
        /** The EKS Pod Identity agent of a node. */
        POD_IDENTITY,
        /** An address beyond the VPC. */
        INTERNET,
        /** Somebody beyond the VPC who asks. */
        OUTSIDE
    }

    public End {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(address, "address");
        securityGroups = List.copyOf(securityGroups);
    }

    /** An end that is on no node. */
    public static End away(Kind kind, String name, String address, List<String> securityGroups) {
        return new End(kind, name, Optional.empty(), address, securityGroups, false);
    }

    /** Something of the given node that its packets do not leave. */
    public static End local(Kind kind, String name, End of) {
        return new End(kind, name, of.node(), "", List.of(), false);
    }

    /** Whether both are on one node. */
    public boolean sameNode(End other) {
        return node.isPresent() && node.equals(other.node);
    }

    /** Whether it is a pod with a network of its own. */
    public boolean pod() {
        return kind == Kind.VPC_POD || kind == Kind.OVERLAY_POD;
    }

    /** Whether it is a pod of the overlay. */
    public boolean overlay() {
        return kind == Kind.OVERLAY_POD;
    }

    /** By hand, as ends are compared for every way: mostly with themselves. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof End end
                        && kind == end.kind
                        && secondaryEni == end.secondaryEni
                        && address.equals(end.address)
                        && name.equals(end.name)
                        && node.equals(end.node)
                        && securityGroups.equals(end.securityGroups));
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + address.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
