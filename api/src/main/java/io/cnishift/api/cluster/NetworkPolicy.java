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
 * @param rules whom it admits by labels: {@code ingress} and {@code egress} of its spec, as they stand there but for blocks of addresses
 */
public record NetworkPolicy(
        String namespace,
        String name,
        Map<String, Object> podSelector,
        List<Cidr> ipBlocks,
        boolean ingress,
        boolean egress,
        Map<String, Object> rules)
        implements Resource {

    public NetworkPolicy {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        podSelector = Tree.copy(podSelector);
        ipBlocks = List.copyOf(ipBlocks);
        rules = Tree.copy(rules);
    }

    /** One that admits nobody in the directions that it restricts, or of which no more is known. */
    public NetworkPolicy(
            String namespace,
            String name,
            Map<String, Object> podSelector,
            List<Cidr> ipBlocks,
            boolean ingress,
            boolean egress) {
        this(namespace, name, podSelector, ipBlocks, ingress, egress, Map.of());
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
