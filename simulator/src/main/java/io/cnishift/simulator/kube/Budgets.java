package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The PodDisruptionBudgets over a pod. */
public final class Budgets {
    private final SelectorIndex bySelector;

    private Budgets(Kernel kernel) {
        bySelector = new SelectorIndex(
                kernel.objects(), "PodDisruptionBudget", b -> Optional.of(Tree.map(b, "spec", "selector")));
    }

    /** The budgets of that world. */
    public static Budgets of(Kernel kernel) {
        return kernel.shared(Budgets.class, Budgets::new);
    }

    /** Those whose selector matches the pod, in order of their names; one without a selector matches every pod. */
    public List<Map<String, Object>> over(Map<String, Object> pod) {
        return bySelector.selecting(pod);
    }
}
