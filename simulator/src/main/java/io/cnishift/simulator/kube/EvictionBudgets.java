package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Map;

/** An eviction that the pod's budget does not allow is refused with 429, now and for as long as the budget does not. */
final class EvictionBudgets implements Behaviour {

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
        boolean stale =
                EvictionRules.status(budget, "observedGeneration") < Tree.number(budget, 0, "metadata", "generation");
        if (stale || EvictionRules.status(budget, "disruptionsAllowed") <= 0) {
            throw new ApiRefusal(
                    Reason.BUDGET,
                    "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget "
                            + Pods.key(budget).name() + " needs " + EvictionRules.status(budget, "desiredHealthy")
                            + " healthy pods and has " + EvictionRules.status(budget, "currentHealthy")
                            + " currently");
        }
    }
}
