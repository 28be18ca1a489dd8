package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.PauseApplications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pauses Applications. Held until they are to sync again: what somebody switches on is switched off, but not for ever, since an
 * ApplicationSet or a parent that no plan could see does it again and again. A sync that began before goes on without its policy,
 * so its end is waited for.
 */
final class PauseApplicationsHandler implements RestingHandler<PauseApplications> {

    private static final int TIMES = 3;

    /** Longer than an ApplicationSet, or a parent, takes to write what it wants. */
    private static final Duration LASTS = Duration.ofSeconds(20);

    @Override
    public StepOutcome next(View view, PauseApplications params, Progress progress) {
        List<Application> applications = SyncPolicy.of(view, params.applications());
        List<Act> acts = new ArrayList<>();
        for (Application application : applications) {
            if (application.syncs()) {
                if (times(progress, application) >= TIMES
                        && !new Attempts(progress).fresh(SyncPolicy.away(application))) {
                    return Outcomes.blocked(
                            StepCode.SYNC_RETURNS.of(
                                    SyncPolicy.words(application),
                                    "its automated sync was taken away " + TIMES + " times and is there again",
                                    "find who writes it (its managedFields tell), have that let spec.syncPolicy be, then resume"));
                }
                acts.add(SyncPolicy.away(application));
            }
        }
        if (!acts.isEmpty()) {
            return new Attempts(progress).perform("pausing Applications of Argo CD", acts);
        }
        return applications.stream()
                .filter(Application::underWay)
                .findFirst()
                .map(a -> Outcomes.notYet(5, "waiting for the sync of " + SyncPolicy.words(a) + " to end"))
                .or(() -> young(progress))
                .orElseGet(() -> Outcomes.done(Count.of(applications.size(), "Application") + " not synced"));
    }

    /** Nothing may be changed under a pause that somebody ends within seconds. */
    private static Optional<StepOutcome> young(Progress progress) {
        return progress.all(PatchObject.class).stream()
                .map(entry -> Duration.between(progress.now(), entry.at().plus(LASTS)))
                .filter(left -> !left.isNegative() && !left.isZero())
                .max(Comparator.naturalOrder())
                .map(left -> new StepOutcome.NotYet(left, "looking whether the pause of Applications lasts"));
    }

    private static long times(Progress progress, Application application) {
        Act away = SyncPolicy.away(application);
        return progress.all(PatchObject.class).stream()
                .filter(e -> e.act().equals(away) && e.result().done())
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .count();
    }

    @Override
    public StepOutcome back(View view, PauseApplications params, Progress progress) {
        return Resync.of(view, params.applications(), progress, progress);
    }

    @Override
    public List<Meanwhile> meanwhile(PauseApplications params) {
        return List.of(Meanwhile.leave(
                "resume-sync",
                "Argo CD does not sync the Applications that the plan touches: commits to them do not reach the cluster, and a"
                        + " sync by hand takes changes back"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.APPLICATIONS);
    }

    @Override
    public List<Fact> facts(View view, PauseApplications params) {
        return SyncPolicy.of(view, params.applications()).stream()
                .map(a -> Fact.equal(Part.APPLICATIONS + "/" + a.key(), "name", a.name()))
                .toList();
    }

    @Override
    public Optional<String> holdsUntil(PauseApplications params) {
        return Optional.of("resume-sync");
    }
}
