package io.cnishift.engine.run;

import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.Lock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What every part of a run works with. */
record RunContext(
        Journal journal,
        Ports ports,
        ViewKeeper keeper,
        TimeSource time,
        RunListener listener,
        Interrupt interrupt,
        Lock.Held lock) {

    RunContext {
        Objects.requireNonNull(journal);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(keeper);
        Objects.requireNonNull(time);
        Objects.requireNonNull(listener);
        Objects.requireNonNull(interrupt);
        Objects.requireNonNull(lock);
    }

    static RunContext of(RunRequest request, Lock.Held lock) {
        Ports ports = new Ports(request.world());
        TimeSource time = request.world().time();
        request.interrupt().wakes(time);
        return new RunContext(
                request.journal(),
                ports,
                new ViewKeeper(ports, time),
                time,
                request.listener(),
                request.interrupt(),
                lock);
    }

    /** The same, which nobody interrupts; without the lock it may not act either. */
    RunContext undisturbed() {
        return new RunContext(journal, ports, keeper, time, listener, new Interrupt(), lock);
    }

    /**
     * Why nothing more may be begun; empty while the run may go on.
     *
     * @param where for the reason: {@code at step roll-workers}
     */
    Optional<Stop> halt(String where) {
        return interrupt.requested()
                ? Optional.of(Stop.paused(StopCause.INTERRUPT, "interrupted " + where))
                : lock.keep().map(why -> Stop.paused(StopCause.LOCK, "stopped " + where + ": " + why));
    }

    Instant now() {
        return time.now();
    }

    JournalState state() {
        return journal.state();
    }

    void write(JournalRecord record) {
        journal.append(now(), record);
        upkeep();
    }

    /** When {@link #upkeep} has something to do. */
    Instant nextUpkeep() {
        return lock.due().isBefore(journal.due()) ? lock.due() : journal.due();
    }

    /** Lets the copy of the journal catch up when it is due. */
    void upkeep() {
        if (!now().isBefore(journal.due())) {
            settle();
        }
    }

    /** Lets the copy of the journal catch up now. Who has lost the lock leaves it to its new holder. */
    void settle() {
        if (locked()) {
            journal.settle(now()).ifPresent(record -> journal.append(now(), record));
        }
    }

    private boolean locked() {
        try {
            return lock.keep().isEmpty();
        } catch (MigrationException e) {
            // told where the run next asks whether it may go on
            return false;
        }
    }
}
