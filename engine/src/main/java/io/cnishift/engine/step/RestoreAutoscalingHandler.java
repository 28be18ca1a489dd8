package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestoreAutoscaling;
import java.util.Set;

/**
 * Gives what the park step holds its recorded values back, in groups that still exist. The way back has nothing to do: the
 * park step holds again as soon as this one is taken back.
 */
final class RestoreAutoscalingHandler implements StepHandler<RestoreAutoscaling> {

    @Override
    public StepOutcome next(View view, RestoreAutoscaling params, Progress progress) {
        return Unpark.of(view, progress.of(params.parkStep()), progress, Set.copyOf(params.exceptGroups()));
    }

    @Override
    public StepOutcome back(View view, RestoreAutoscaling params, Progress progress) {
        return Outcomes.done("step " + params.parkStep() + " holds autoscaling again");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODE_GROUPS, Part.WORKLOADS, Part.PODS);
    }
}
