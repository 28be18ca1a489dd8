package io.cnishift.engine.report;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.journal.RunOutcome;

/** What to do next with a migration, in one line. */
final class Next {

    private Next() {}

    static String step(MigrationPlan plan, Journal journal, boolean atWork) {
        RunFold run = journal.state().run();
        if (run.ended().isEmpty()) {
            return atWork
                    ? working(plan, journal.state())
                    : "its process is gone: cnishift resume, or cnishift rollback";
        }
        RunOutcome outcome = run.ended().map(JournalRecord.Ended::outcome).orElse(RunOutcome.FAILED);
        return switch (outcome) {
            case SUCCEEDED -> "nothing";
            case ROLLED_BACK ->
                run.rollback().flatMap(JournalRecord.RollbackBegun::toPhase).isPresent()
                        ? "cnishift resume goes forward again"
                        : "nothing";
            case NOT_MODELLED -> "try it on a cluster that shows what the simulator does not";
            case BLOCKED -> "make the plan again";
            case FAILED, PAUSED ->
                run.held()
                        .map(phase -> "cnishift resume --past " + phase + ", or cnishift rollback")
                        .orElse("cnishift resume, or cnishift rollback");
        };
    }

    private static String working(MigrationPlan plan, JournalState state) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> state.begun(step.id()) && !state.done(step.id()))
                .findFirst()
                .map(step -> "wait: step " + step.id()
                        + state.waiting(step.id()).map(reason -> ": " + reason).orElse(" is at work"))
                .orElse("wait");
    }
}
