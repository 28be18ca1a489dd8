package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Set;

/** Stops at what hangs on it. */
final class CheckFirstHandler implements StepHandler<CheckFirst> {

    @Override
    public StepOutcome next(View view, CheckFirst params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> FirstUse.against(view, second, params)
                        .map(Outcomes::blocked)
                        .orElseGet(() -> Outcomes.done("nothing hangs on cluster " + params.name() + " any more")));
    }

    @Override
    public StepOutcome back(View view, CheckFirst params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return FirstUse.PARTS;
    }

    @Override
    public List<Fact> facts(View view, CheckFirst params) {
        return List.of(Fact.equal("cluster/" + params.name(), "deletionProtection", "false"));
    }
}
