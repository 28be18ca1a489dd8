package io.cnishift.simulator.kube;

import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.List;

/** A pod that more than one budget selects can never be evicted, whatever they allow. */
final class DoubleBudget implements Behaviour {

    @Override
    public String id() {
        return "double-budget";
    }

    @Override
    public String source() {
        return "pkg/registry/core/pod/storage/eviction.go (500, more than one PodDisruptionBudget)";
    }

    @Override
    public void install(Kernel kernel) {
        EvictionRules.of(kernel).add((pod, budgets) -> {
            if (budgets.size() > 1) {
                List<String> names =
                        budgets.stream().map(b -> Pods.key(b).name()).toList();
                throw new ApiRefusal(
                        Reason.DOUBLE_BUDGET,
                        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                                + " support: " + String.join(", ", names));
            }
        });
    }
}
