package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A NodePool of Karpenter as it is written. What it comes to is the {@link NodeGroup} of kind {@code karpenter}.
 *
 * @param spec the whole spec
 */
public record NodePool(String name, Map<String, Object> spec, Owner owner) implements Resource {

    /** API group of the node classes that launch EC2 instances. */
    public static final String EC2_CLASSES = "karpenter.k8s.aws";

    public NodePool {
        Objects.requireNonNull(name);
        spec = Tree.copy(spec);
        Objects.requireNonNull(owner);
    }

    @Override
    public Part part() {
        return Part.NODE_POOLS;
    }

    @Override
    public String key() {
        return name;
    }

    /** Name of its EC2NodeClass; empty when it refers to a class of another kind, as in EKS Auto Mode. */
    public Optional<String> nodeClass() {
        String group =
                Tree.text(spec, "template", "spec", "nodeClassRef", "group").orElse(EC2_CLASSES);
        return group.equals(EC2_CLASSES)
                ? Tree.text(spec, "template", "spec", "nodeClassRef", "name")
                : Optional.empty();
    }

    /** Whether its limit of CPU keeps it from launching any instance. */
    public boolean closed() {
        return Tree.text(spec, "limits", "cpu")
                .filter(cpu -> Quantities.amount(cpu).signum() == 0)
                .isPresent();
    }
}
