package io.cnishift.simulator.kit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One more workload of a cluster of {@link Clusters}, in namespace {@code extra}.
 *
 * @param kind Deployment or StatefulSet
 * @param strategy update strategy
 * @param away maxUnavailable of the strategy, as written
 * @param served whether a Service leads to it
 * @param budgets what each disruption budget over it lets be unavailable, as written
 * @param scratch whether its pods have an emptyDir volume
 * @param spec entries of its pod spec besides containers and volumes
 */
public record Extra(
        String kind,
        String name,
        int replicas,
        String strategy,
        Optional<String> away,
        boolean served,
        List<String> budgets,
        boolean scratch,
        Map<String, Object> spec) {

    static final String NAMESPACE = "extra";

    public Extra {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(away, "away");
        budgets = List.copyOf(budgets);
        spec = Map.copyOf(spec);
    }
}
