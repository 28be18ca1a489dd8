package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A CiliumNode: the pod CIDRs that the operator gave a node, or in ENI mode the addresses of its network interfaces.
 *
 * @param addresses in ENI mode, how many addresses the agent may give away, itself included; empty in any other mode
 * @param error the operator's complaint, e.g. that the pool is exhausted
 */
public record CiliumNode(String name, List<Cidr> podCidrs, OptionalInt addresses, Optional<String> error)
        implements Resource {

    public CiliumNode {
        Objects.requireNonNull(name);
        podCidrs = List.copyOf(podCidrs);
        Objects.requireNonNull(addresses);
        Objects.requireNonNull(error);
    }

    /** Whether the operator gave the node anything that pods could have. */
    public boolean provided() {
        return !podCidrs.isEmpty() || addresses.orElse(0) > 0;
    }

    @Override
    public Part part() {
        return Part.CILIUM_NODES;
    }

    @Override
    public String key() {
        return name;
    }
}
