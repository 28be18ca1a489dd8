package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A NetworkPolicy.
 *
 * @param ipBlocks all blocks it names
 * @param ingress whether it restricts ingress
 * @param egress whether it restricts egress
 * @param rules whom it admits by labels: {@code ingress} and {@code egress} of its spec, as they stand there but for blocks of addresses
 * @param uid empty for one that stands in no cluster
 */
public record NetworkPolicy(
        String namespace,
        String name,
        Map<String, Object> podSelector,
        List<Cidr> ipBlocks,
        boolean ingress,
        boolean egress,
        Map<String, Object> rules,
        Optional<String> uid,
        Map<String, String> labels)
        implements Resource {

    public NetworkPolicy {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        podSelector = Tree.copy(podSelector);
        ipBlocks = List.copyOf(ipBlocks);
        rules = Tree.copy(rules);
        Objects.requireNonNull(uid);
        labels = Map.copyOf(labels);
    }

    /** One that admits nobody in the directions that it restricts, or of which no more is known. */
    public NetworkPolicy(
            String namespace,
            String name,
            Map<String, Object> podSelector,
            List<Cidr> ipBlocks,
            boolean ingress,
            boolean egress) {
        this(namespace, name, podSelector, ipBlocks, ingress, egress, Map.of(), Optional.empty(), Map.of());
    }

    /** Whether it is about pods with these labels in its namespace. */
    public boolean selects(Map<String, String> podLabels) {
        return Selectors.matches(podSelector, podLabels);
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
