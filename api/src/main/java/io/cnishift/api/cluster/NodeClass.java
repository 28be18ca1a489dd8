package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An EC2NodeClass of Karpenter: with what a NodePool launches instances.
 *
 * @param spec the whole spec
 * @param subnets ids of the subnets that its selectors found, by its status
 */
public record NodeClass(String name, Map<String, Object> spec, List<String> subnets, Owner owner) implements Resource {

    public NodeClass {
        Objects.requireNonNull(name);
        spec = Tree.copy(spec);
        subnets = List.copyOf(subnets);
        Objects.requireNonNull(owner);
    }

    @Override
    public Part part() {
        return Part.NODE_CLASSES;
    }

    @Override
    public String key() {
        return name;
    }
}
