package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestoreApplications;
import java.util.Set;

/** Ends a pause. The way back has nothing to do: the step that paused holds again as soon as this one is taken back. */
final class RestoreApplicationsHandler implements StepHandler<RestoreApplications> {

    @Override
    public StepOutcome next(View view, RestoreApplications params, Progress progress) {
        return Resync.of(view, params.applications(), progress.of(params.pauseStep()), progress);
    }

    @Override
    public StepOutcome back(View view, RestoreApplications params, Progress progress) {
        return Outcomes.done("step " + params.pauseStep() + " holds the Applications again");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.APPLICATIONS);
    }
}
