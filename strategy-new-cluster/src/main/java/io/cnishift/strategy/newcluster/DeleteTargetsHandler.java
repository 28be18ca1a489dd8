package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Set;

/** They are the last that is left of load balancers that are gone, so there is nothing to be taken back. */
final class DeleteTargetsHandler implements StepHandler<DeleteTargets> {

    @Override
    public StepOutcome next(View view, DeleteTargets params, Progress progress) {
        List<Act> left = MakeTargetsHandler.deleting(params.fronts(), progress.of(MakeTargets.STEP), progress);
        return left.isEmpty()
                ? Outcomes.done("the target groups are gone")
                : Outcomes.perform("deleting target groups", left, progress);
    }

    @Override
    public StepOutcome back(View view, DeleteTargets params, Progress progress) {
        return Outcomes.done("no load balancer is there to forward to target groups");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.TARGET_GROUPS);
    }
}
