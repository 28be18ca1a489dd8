package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ApiRefusal.Cause;
import io.cnishift.simulator.ApiRefusal.Detail;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.List;
import java.util.Map;

/** An eviction that the pod's budget does not allow is refused with 429, now and for as long as the budget does not. */
final class EvictionBudgets implements Behaviour {
    private static final int STALE_RETRY_SECONDS = 10;

    @Override
    public String id() {
        return "eviction-budgets";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, API-initiated eviction; pkg/registry/core/pod/storage/eviction.go";
    }

    @Override
    public void install(Kernel kernel) {
        EvictionRules.of(kernel)
                .add((pod, budgets) ->
                        EvictionRules.paying(pod, budgets).ifPresent(EvictionBudgets::refuseUnlessAllowed));
    }

    private static void refuseUnlessAllowed(Map<String, Object> budget) {
        String name = "The disruption budget " + Pods.key(budget).name();
        if (EvictionRules.status(budget, "observedGeneration") < Tree.number(budget, 0, "metadata", "generation")) {
            Cause stale = cause(name + " is still being processed by the server.");
            throw refusal(stale, Detail.retry(STALE_RETRY_SECONDS, stale));
        }
        if (EvictionRules.status(budget, "disruptionsAllowed") <= 0) {
            Cause exhausted = cause(name + " needs " + EvictionRules.status(budget, "desiredHealthy")
                    + " healthy pods and has " + EvictionRules.status(budget, "currentHealthy") + " currently");
            throw refusal(exhausted, Detail.causes(List.of(exhausted)));
        }
    }

    private static Cause cause(String message) {
        return new Cause("DisruptionBudget", message, "");
    }

    private static ApiRefusal refusal(Cause cause, Detail detail) {
        return new ApiRefusal(
                Reason.BUDGET,
                "Cannot evict pod as it would violate the pod's disruption budget. " + cause.message(),
                detail);
    }
}
