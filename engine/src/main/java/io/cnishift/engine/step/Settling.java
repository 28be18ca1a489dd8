package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.util.Optional;

/** Waiting until every pod of a workload runs its newest template. */
final class Settling {

    private Settling() {}

    /** What to answer while it is not settled; empty once it is. */
    static Optional<StepOutcome> of(View view, Workload workload, Progress progress) {
        if (workload.settled()) {
            long surplus = surplus(view, workload);
            return surplus == 0
                    ? Optional.empty()
                    : Optional.of(Outcomes.notYet(
                            5, "waiting for " + Refs.words(workload.key()) + ": " + surplus + " old pods are to end"));
        }
        return Optional.of(Stuck.of(view, workload.key(), progress)
                .map(Outcomes::blocked)
                .orElseGet(() -> Outcomes.notYet(10, words(workload))));
    }

    /** The same, for a workload that must exist. */
    static Optional<StepOutcome> of(View view, String workload, Progress progress) {
        return view.workload(workload)
                .map(w -> of(view, w, progress))
                .orElseGet(() -> Optional.of(
                        Outcomes.notYet(10, "waiting for " + Refs.words(workload) + ", which does not exist yet")));
    }

    /**
     * Pods of a Deployment beyond those that it wants: old ones that stand in for new ones which are not ready yet. Its own
     * counts do not tell, for they add up old and new.
     */
    private static long surplus(View view, Workload workload) {
        if (!workload.kind().equals("Deployment")) {
            return 0;
        }
        long alive = view.podsOf(workload.key()).stream()
                .filter(p -> !p.finished() && !p.terminating())
                .count();
        return Math.max(0, alive - workload.desired());
    }

    static String words(Workload workload) {
        String seen = workload.observedGeneration() < workload.generation()
                ? "its last change not yet seen by the controller"
                : workload.updated() + " of " + workload.desired() + " pods updated, " + workload.available()
                        + " available";
        return "waiting for " + Refs.words(workload.key()) + ": " + seen;
    }
}
