package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Executor;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Waits: until a time, until something changes that the step looks at, or until the run is interrupted. Changes come in
 * bursts; those of half a second are taken together. A step that waits for one and the same reason for hours, with nothing
 * of it done, pauses the run.
 */
final class Waiter {

    private static final Duration BURST = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration PATIENCE_WITH_OWNERS = Duration.ofHours(24);

    private final RunContext run;
    private final Meter meter;
    private Optional<Instant> since = Optional.empty();
    private String reason = "";

    Waiter(RunContext run, Meter meter) {
        this.run = run;
        this.meter = meter;
    }

    /** Something was done: patience begins anew. */
    void progressed() {
        since = Optional.empty();
    }

    /**
     * Waits once.
     *
     * @param wakes parts whose changes end it early
     * @param kept parts that are kept fresh meanwhile
     */
    Optional<Stop> await(MigrationPlan.Step step, Pass.Wait wait, Set<Part> wakes, Set<Part> kept) {
        tell(step, wait.reason());
        Instant first = since.orElse(run.now());
        since = Optional.of(first);
        Duration patience = step.executor() == Executor.OWNER ? PATIENCE_WITH_OWNERS : PATIENCE;
        if (!run.now().isBefore(first.plus(patience))) {
            return Optional.of(Stop.paused(
                    StopCause.ERROR,
                    "step " + step.id() + " has waited " + patience.toHours() + " hours: " + wait.reason()));
        }
        pause(wait.until(), wakes, kept);
        return Optional.empty();
    }

    private static Instant earliest(Instant... times) {
        return Collections.min(List.of(times));
    }

    private void tell(MigrationPlan.Step step, String now) {
        if (!now.equals(reason)) {
            since = Optional.empty();
            reason = now;
        }
        if (!run.state().waiting(step.id()).equals(Optional.of(now))) {
            run.write(new JournalRecord.Waiting(step.id(), now));
            run.listener().waiting(step, now);
        }
    }

    private void pause(Instant until, Set<Part> wakes, Set<Part> kept) {
        long mark = run.keeper().mark();
        Instant end = until;
        while (run.now().isBefore(end) && run.halt("while it waited").isEmpty()) {
            run.upkeep();
            Instant next = earliest(run.keeper().nextRefresh(kept), run.halts().next(), run.nextUpkeep(), end);
            if (next.isAfter(run.now())) {
                run.time().await(next);
            }
            run.keeper().refresh(kept);
            run.halts().look();
            meter.tick();
            Instant burst = run.now().plus(BURST);
            if (run.keeper().changed(wakes, mark)) {
                end = burst.isBefore(end) ? burst : end;
                mark = Long.MAX_VALUE;
            }
        }
    }
}
