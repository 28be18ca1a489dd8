package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.InstallOnSecond;
import java.util.List;
import java.util.Set;

/** What {@link InstallReleaseHandler} says of the second cluster, its acts on that one. */
final class InstallOnSecondHandler implements StepHandler<InstallOnSecond> {

    private final InstallReleaseHandler there = new InstallReleaseHandler();

    @Override
    public StepOutcome next(View view, InstallOnSecond params, Progress progress) {
        return view.second()
                .map(second -> onSecond(there.next(second, params.there(), new ProgressOnSecond(progress))))
                .orElseGet(() -> new StepOutcome.Failed("no second cluster was opened", Disposition.ABORT));
    }

    private static StepOutcome onSecond(StepOutcome outcome) {
        return outcome instanceof StepOutcome.Perform perform
                ? new StepOutcome.Perform(onSecond(perform.acts()), perform.reason())
                : outcome;
    }

    private static List<Act> onSecond(List<Act> acts) {
        return acts.stream().<Act>map(OnSecond::new).toList();
    }

    @Override
    public StepOutcome back(View view, InstallOnSecond params, Progress progress) {
        return Outcomes.done("it goes with the second cluster");
    }

    /** No workloads: there are no nodes yet. */
    @Override
    public Set<Part> reads() {
        return Set.of(Part.RELEASES);
    }
}
