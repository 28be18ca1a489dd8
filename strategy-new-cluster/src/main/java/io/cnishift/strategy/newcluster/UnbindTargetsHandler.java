package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A binding is gone once the second cluster's controller has deregistered its targets and taken the rules away that let the load balancer
 * into nodes; EC2 deletes no security group that such a rule names. Back: bound again, until there are healthy targets for those who come.
 */
final class UnbindTargetsHandler implements StepHandler<UnbindTargets> {

    private static final int LOOK_SECONDS = 5;

    @Override
    public StepOutcome next(View view, UnbindTargets params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<Act> bound = MakeTargetsHandler.unbinding(second, params.fronts());
            return bound.isEmpty()
                    ? Outcomes.done("load balancers of the first cluster have no targets of the second one")
                    : Outcomes.perform("unbinding target groups", bound, progress);
        });
    }

    @Override
    public StepOutcome back(View view, UnbindTargets params, Progress progress) {
        Progress made = progress.of(MakeTargets.STEP);
        return Outcomes.withSecond(view, second -> {
            List<Act> due = MakeTargetsHandler.binding(second, params.fronts(), made);
            if (!due.isEmpty()) {
                return Outcomes.perform("binding target groups again", due, progress);
            }
            Optional<TargetFront> waiting = params.fronts().stream()
                    .filter(front -> !healthy(view, MakeTargetsHandler.arn(front, made)))
                    .findFirst();
            return waiting.isEmpty()
                    ? Outcomes.done("target groups have targets of the second cluster")
                    : Outcomes.notYet(
                            LOOK_SECONDS, "target group " + waiting.get().group() + " has no healthy targets yet");
        });
    }

    private static boolean healthy(View view, Optional<String> arn) {
        return arn.flatMap(a -> view.get(Part.TARGET_GROUPS, TargetGroup.class, a))
                .filter(group -> group.count("healthy") > 0)
                .isPresent();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.TARGET_GROUP_BINDINGS, Part.TARGET_GROUPS);
    }
}
