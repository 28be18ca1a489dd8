package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.Progress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The blockers of the assessment once more, on the clusters as they are now. */
final class CheckSecondHandler implements StepHandler<CheckSecond> {

    @Override
    public StepOutcome next(View view, CheckSecond params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<Finding> against = new SecondCheck(view, second, params.namespaces())
                    .findings().stream()
                            .filter(f -> f.severity() == Severity.BLOCKER)
                            .findFirst();
            return against.map(Outcomes::blocked)
                    .orElseGet(() -> Outcomes.done("the second cluster can take what runs in the first"));
        });
    }

    @Override
    public StepOutcome back(View view, CheckSecond params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return EnumSet.of(
                Part.CLUSTER,
                Part.ADDONS,
                Part.NODES,
                Part.PODS,
                Part.WORKLOADS,
                Part.INGRESSES,
                Part.SERVICES,
                Part.RELEASES,
                Part.POD_IDENTITIES,
                Part.VOLUMES,
                Part.OBJECTS);
    }
}
