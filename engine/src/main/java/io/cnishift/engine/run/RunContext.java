package io.cnishift.engine.run;

import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.slice.Slice;
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
        Course course,
        Halts halts,
        Lock.Held lock) {

    RunContext {
        Objects.requireNonNull(journal);
        Objects.requireNonNull(ports);
        Objects.requireNonNull(keeper);
        Objects.requireNonNull(time);
        Objects.requireNonNull(listener);
        Objects.requireNonNull(course);
        Objects.requireNonNull(halts);
        Objects.requireNonNull(lock);
    }

    static RunContext of(RunRequest request, ViewKeeper keeper, Ports ports, Watchman watchman, Lock.Held lock) {
        TimeSource time = request.world().time();
        request.interrupt().wakes(time);
        Course course = Course.of(request.limits().slice().orElse(Slice.ALL), time.now());
        Halts halts = new Halts(request.interrupt(), course, Optional.of(watchman), lock);
        return new RunContext(request.journal(), ports, keeper, time, request.listener(), course, halts, lock);
    }

    /** The same that nothing ends from outside; without the lock it may not act either. */
    RunContext undisturbed() {
        Course all = Course.of(Slice.ALL, time.now());
        Halts none = new Halts(new Interrupt(), all, Optional.empty(), lock);
        return new RunContext(journal, ports, keeper, time, listener, all, none, lock);
    }

    /**
     * Why nothing more may be begun; empty while the run may go on.
     *
     * @param where for the reason: {@code at step roll-workers}
     */
    Optional<Stop> halt(String where) {
        return halts.stop(where, now());
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
