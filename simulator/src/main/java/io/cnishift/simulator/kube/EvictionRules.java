package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What an eviction is checked against before it happens. Behaviours add to it. */
final class EvictionRules {
    private final List<Rule> rules = new ArrayList<>();

    private EvictionRules() {}

    static EvictionRules of(Kernel kernel) {
        return kernel.shared(EvictionRules.class, k -> new EvictionRules());
    }

    /** Refuses an eviction by {@link ApiRefusal}, or does nothing. */
    interface Rule {
        void check(Map<String, Object> pod, List<Map<String, Object>> budgets);
    }

    void add(Rule rule) {
        rules.add(Objects.requireNonNull(rule, "rule"));
    }

    void check(Map<String, Object> pod, List<Map<String, Object>> budgets) {
        rules.forEach(r -> r.check(pod, budgets));
    }

    /** The budget that must pay for the eviction of a pod; none when it costs nothing. */
    static Optional<Map<String, Object>> paying(Map<String, Object> pod, List<Map<String, Object>> budgets) {
        return budgets.stream().filter(b -> !free(pod, b)).findFirst();
    }

    /** A pod that is not ready costs a healthy budget nothing. */
    private static boolean free(Map<String, Object> pod, Map<String, Object> budget) {
        if (Pods.ready(pod)) {
            return false;
        }
        boolean always = Tree.text(budget, "spec", "unhealthyPodEvictionPolicy")
                .filter("AlwaysAllow"::equals)
                .isPresent();
        long desired = status(budget, "desiredHealthy");
        return always || (desired > 0 && status(budget, "currentHealthy") >= desired);
    }

    static long status(Map<String, Object> budget, String field) {
        return Tree.number(budget, 0, "status", field);
    }
}
