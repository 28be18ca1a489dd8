package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/** Takes steps back, one after the other. What was to hold and is not taken back yet holds meanwhile. */
final class Backward {

    private final RunContext run;
    private final Book book;
    private final StepDriver driver;

    Backward(RunContext run, Book book, StepDriver driver) {
        this.run = run;
        this.book = book;
        this.driver = driver;
    }

    /** What stopped the run; nothing when all of these steps are taken back. */
    Optional<Stop> go(List<String> steps) {
        String phase = "";
        for (String id : steps) {
            if (run.state().skipped(id)) {
                run.write(new JournalRecord.StepBack(id, "was left out"));
            }
            if (!run.state().begun(id)) {
                continue;
            }
            MigrationPlan.Step step = book.step(id);
            if (!book.phaseOf(id).equals(phase)) {
                phase = book.phaseOf(id);
                run.listener().phase(phase);
            }
            Optional<Stop> stop = driver.back(step, Holders.during(LastHold.reached(book, run), book, run, id));
            if (stop.isPresent()) {
                return stop;
            }
        }
        return Optional.empty();
    }
}
