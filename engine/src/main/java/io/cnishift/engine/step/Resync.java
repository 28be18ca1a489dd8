package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives Applications their recorded sync policy back. */
final class Resync {

    private Resync() {}

    /**
     * The next thing to do.
     *
     * @param pause progress of the step that took the policies away
     * @param progress of the step that gives them back
     */
    static StepOutcome of(View view, List<String> keys, Progress pause, Progress progress) {
        List<Act> acts = new ArrayList<>();
        List<Finding> changed = new ArrayList<>();
        int given = 0;
        for (Application application : SyncPolicy.of(view, keys)) {
            Optional<Map<String, Object>> recorded = SyncPolicy.recorded(pause, application);
            if (recorded.isPresent() && !SyncPolicy.stands(application)) {
                acts.add(SyncPolicy.back(application, recorded.get()));
            } else if (recorded.isPresent() && !SyncPolicy.is(application, recorded.get())) {
                changed.add(StepCode.FIELD_CHANGED.of(
                        SyncPolicy.words(application),
                        "spec.syncPolicy.automated was " + recorded.get() + " before and was changed by somebody else",
                        "restore it by hand if the earlier value is wanted"));
            } else if (recorded.isPresent()) {
                given++;
            }
        }
        return acts.isEmpty()
                ? Outcomes.done(Count.of(given, "Application") + " synced as before", changed)
                : new Attempts(progress).perform("giving Applications their sync policy back", acts);
    }
}
