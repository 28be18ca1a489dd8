package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A NetworkPolicy.
 *
 * @param ipBlocks all blocks it names
 * @param ingress whether it restricts ingress
 * @param egress whether it restricts egress
 */
public record NetworkPolicy(
        String namespace,
        String name,
        Map<String, Object> podSelector,
        List<Cidr> ipBlocks,
        boolean ingress,
        boolean egress)
        implements Resource {

    public NetworkPolicy {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        podSelector = Tree.copy(podSelector);
        ipBlocks = List.copyOf(ipBlocks);
    }

    @Override
    public Part part() {
        return Part.NETWORK_POLICIES;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
