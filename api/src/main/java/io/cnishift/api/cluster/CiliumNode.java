package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A CiliumNode: the pod CIDRs that the operator gave a node.
 *
 * @param error the operator's complaint, e.g. that the pool is exhausted
 */
public record CiliumNode(String name, List<Cidr> podCidrs, Optional<String> error) implements Resource {

    public CiliumNode {
        Objects.requireNonNull(name);
        podCidrs = List.copyOf(podCidrs);
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
