package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.api.plan.Target;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.verify.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A migration as one who verifies its cluster has to know it: no probe sees that what is stopped, or taken away for a while, is missing.
 *
 * @param moved whether all clients have been led to the second cluster: what was to be reached is true of that
 * @param without what somebody has to do without in the first cluster
 */
record Underway(String id, MigrationPlan plan, boolean moved, List<String> without) {

    static Underway of(String id, RunParts run) {
        MigrationPlan plan = run.shelf().plan(id).plan();
        try (Journal journal = run.shelf().journal(id)) {
            JournalState state = journal.state();
            boolean moved = state.run().rollback().isEmpty()
                    && plan.phases().stream()
                            .filter(phase -> phase.id().equals(SecondCluster.HOLD))
                            .flatMap(phase -> phase.steps().stream())
                            .anyMatch(step -> state.begun(step.id()));
            List<String> without = state.run().over() ? List.of() : run.runner().without(plan, state);
            return new Underway(id, plan, moved, without);
        }
    }

    /** The cluster to look at. */
    Target cluster() {
        return plan.second().filter(second -> moved).orElse(plan.cluster());
    }

    /** The other one of two. */
    Optional<Target> other() {
        return moved ? Optional.of(plan.cluster()) : plan.second();
    }

    /** What was said of the first cluster, with what is missing there. */
    Verification of(Verification said) {
        return without.isEmpty()
                ? said
                : said.lacking(new Verification.Line(
                        "RUN-RESTS",
                        "No migration rests where something is missing",
                        ProbeStatus.FAIL,
                        String.join("; ", without),
                        "go on with it ('cnishift resume " + id + "'), or take it back ('cnishift rollback " + id
                                + "')",
                        Duration.ZERO));
    }
}
