package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A PodDisruptionBudget.
 *
 * @param selector the label selector as a tree
 */
public record Budget(
        String namespace,
        String name,
        String uid,
        Map<String, Object> selector,
        Optional<String> minAvailable,
        Optional<String> maxUnavailable,
        int disruptionsAllowed,
        int currentHealthy,
        int desiredHealthy,
        int expectedPods)
        implements Resource {

    public Budget {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        selector = Tree.copy(selector);
    }

    @Override
    public Part part() {
        return Part.BUDGETS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
