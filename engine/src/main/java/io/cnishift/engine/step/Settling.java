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
        if (settled(view, workload)) {
            return Optional.empty();
        }
        return Optional.of(Stuck.of(view, workload.key(), progress)
                .map(Outcomes::blocked)
                .orElseGet(() -> Outcomes.notYet(10, words(view, workload))));
    }

    /**
     * Whether it is settled. A Deployment counts available pods of every template, so while a surge is on, the old pod makes up
     * for the new one: only when no pod of an older template is left are the available ones the new ones.
     */
    static boolean settled(View view, Workload workload) {
        return workload.settled()
                && (!workload.kind().equals("Deployment") || pods(view, workload) <= workload.updated());
    }

    private static long pods(View view, Workload workload) {
        return view.podsOf(workload.key()).stream()
                .filter(p -> !p.finished() && !p.terminating())
                .count();
    }

    /** The same, for a workload that must exist. */
    static Optional<StepOutcome> of(View view, String workload, Progress progress) {
        return view.workload(workload)
                .map(w -> of(view, w, progress))
                .orElseGet(() -> Optional.of(
                        Outcomes.notYet(10, "waiting for " + Refs.words(workload) + ", which does not exist yet")));
    }

    private static String words(View view, Workload workload) {
        String seen = workload.observedGeneration() < workload.generation()
                ? "its last change not yet seen by the controller"
                : workload.updated() + " of " + workload.desired() + " pods updated, " + workload.available()
                        + (workload.settled() ? " of " + pods(view, workload) + " old and new ones" : "")
                        + " available";
        return "waiting for " + Refs.words(workload.key()) + ": " + seen + stuck(view, workload);
    }

    /** What the first of its pods that does not get on says, for nobody mends what is not named. */
    private static String stuck(View view, Workload workload) {
        return view.podsOf(workload.key()).stream()
                .flatMap(pod -> pod.waiting().stream()
                        .map(why -> "; pod " + pod.name()
                                + pod.node().map(n -> " on " + n).orElse("") + ": " + why))
                .findFirst()
                .orElse("");
    }
}
