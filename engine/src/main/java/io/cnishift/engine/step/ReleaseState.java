package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Helm's word on a release, and what to make of it. */
final class ReleaseState {

    private static final Duration PENDING_AT_MOST = Duration.ofMinutes(15);

    /** By then no helm of ours is at work any more, also none of a process that died. */
    private static final Duration OURS_ENDED = Duration.ofMinutes(1);

    private ReleaseState() {}

    /** Whether a release is deployed with that chart version and these values. */
    static boolean is(Release release, String chartVersion, Map<String, Object> values) {
        return release.status().equals("deployed")
                && release.chartVersion().equals(chartVersion)
                && Trees.same(release.values(), values);
    }

    /**
     * Waits while an operation is under way. One that stays so is the trace of a helm process that died, and Helm refuses all
     * further work. Where it was ours the act is asked for again, for the port brings such a release into order first; where it
     * was not, a person has to. A release that our own act left failed stops the step until the run is resumed.
     */
    static Optional<StepOutcome> unsettled(Release release, Act act, Progress progress) {
        Optional<Progress.Entry> last = progress.last(act.getClass(), act.target());
        String subject = "release " + release.key();
        if (release.status().startsWith("pending") || release.status().equals("uninstalling")) {
            if (last.filter(entry -> left(entry, release)).isPresent()) {
                return Patience.over(progress, OURS_ENDED, last)
                        ? Optional.empty()
                        : Optional.of(Outcomes.notYet(10, subject + " is " + release.status() + " since our last act"));
            }
            return Optional.of(
                    Patience.over(progress, PENDING_AT_MOST, last)
                            ? Outcomes.blocked(StepCode.RELEASE_STUCK.of(
                                    subject,
                                    "has been " + release.status() + " for " + PENDING_AT_MOST.toMinutes() + " minutes",
                                    "helm -n " + release.namespace() + " rollback " + release.name() + ", then resume"))
                            : Outcomes.notYet(10, subject + " is " + release.status()));
        }
        boolean ours = last.filter(e -> e.act().equals(act) && e.result().done())
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .isPresent();
        return release.status().equals("failed") && ours
                ? Optional.of(new StepOutcome.Failed(
                        subject + " failed; see helm -n " + release.namespace() + " status " + release.name()
                                + ", then resume",
                        Disposition.ASK))
                : Optional.empty();
    }

    /** Whether that act, whose outcome nobody knows, is what left the release so: it made the revision, or was to remove it. */
    private static boolean left(Progress.Entry entry, Release release) {
        int before = (int) Tree.number(entry.before(), 0, "revision");
        int wanted = entry.act() instanceof UninstallRelease ? before : before + 1;
        return !entry.result().done() && release.revision() == wanted;
    }
}
