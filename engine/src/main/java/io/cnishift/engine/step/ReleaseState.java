package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.ReleaseWork;
import java.util.Map;
import java.util.Optional;

/** Helm's word on a release, and what to make of it. */
final class ReleaseState {

    private ReleaseState() {}

    /** Whether a release is deployed with that chart version and these values. */
    static boolean is(Release release, String chartVersion, Map<String, Object> values) {
        return release.status().equals("deployed")
                && release.chartVersion().equals(chartVersion)
                && Trees.same(release.values(), values);
    }

    /** Waits while an operation is under way, and stops for one that nobody but a person ends, as {@link ReleaseWork} says. */
    static Optional<StepOutcome> unsettled(Release release, Act act, Progress progress) {
        String subject = "release " + release.key();
        return switch (ReleaseWork.of(release, act, progress)) {
            case NONE -> Optional.empty();
            case OURS_UNDER_WAY ->
                Optional.of(Outcomes.notYet(10, subject + " is " + release.status() + " since our last act"));
            case UNDER_WAY -> Optional.of(Outcomes.notYet(10, subject + " is " + release.status()));
            case STUCK ->
                Optional.of(Outcomes.blocked(StepCode.RELEASE_STUCK.of(
                        subject,
                        "has been " + release.status() + " for " + ReleaseWork.PENDING_AT_MOST.toMinutes() + " minutes",
                        "helm -n " + release.namespace() + " rollback " + release.name() + ", then resume")));
            // of an act that was refused Attempts knows how often it is tried
            case FAILED ->
                progress.last(act.getClass(), act.target())
                        .filter(entry -> entry.result().done())
                        .map(e -> new StepOutcome.Failed(
                                subject + " failed; see helm -n " + release.namespace() + " status " + release.name()
                                        + ", then resume",
                                Disposition.ASK));
        };
    }
}
