package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A PodDisruptionBudget.
 *
 * @param selector the label selector as a tree
 * @param alwaysAllowUnhealthy whether pods that are not ready may be evicted whatever the budget says
 *     (unhealthyPodEvictionPolicy AlwaysAllow)
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
        int expectedPods,
        boolean alwaysAllowUnhealthy)
        implements Resource {

    public Budget {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        selector = Tree.copy(selector);
    }

    /**
     * Whether the eviction of that pod costs the budget nothing: one that is not ready may go as long as enough others are
     * healthy. Source: Kubernetes documentation, "Unhealthy Pod Eviction Policy".
     */
    public boolean freeFor(Pod pod) {
        return !pod.ready() && (alwaysAllowUnhealthy || (desiredHealthy > 0 && currentHealthy >= desiredHealthy));
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
