package io.cnishift.engine.run;

import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.Lock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What ends a run from outside of its steps: somebody interrupts it, its slice is over, a guard has spent its budget, its lock is
 * lost.
 */
final class Halts {

    private final Interrupt interrupt;
    private final Course course;
    private final Optional<Watchman> watchman;
    private final Lock.Held lock;

    Halts(Interrupt interrupt, Course course, Optional<Watchman> watchman, Lock.Held lock) {
        this.interrupt = Objects.requireNonNull(interrupt);
        this.course = Objects.requireNonNull(course);
        this.watchman = Objects.requireNonNull(watchman);
        this.lock = Objects.requireNonNull(lock);
    }

    /** Looks at what is watched. */
    void look() {
        watchman.ifPresent(Watchman::look);
    }

    /** When to look again. */
    Instant next() {
        Instant watched = watchman.map(Watchman::next).orElse(Instant.MAX);
        return course.endsAt().filter(watched::isAfter).orElse(watched);
    }

    /** Why the run ends; {@code where} says what it was at. */
    Optional<Stop> stop(String where, Instant now) {
        if (interrupt.requested()) {
            return Optional.of(Stop.paused(StopCause.INTERRUPT, "interrupted " + where));
        }
        if (course.over(now)) {
            return Optional.of(
                    Stop.paused(StopCause.SLICE, "the slice of this run ended at " + course.end() + ", " + where));
        }
        Optional<String> spent = spent();
        if (spent.isPresent()) {
            return Optional.of(Stop.paused(StopCause.GUARD, spent.get() + "; stopped " + where));
        }
        Optional<String> lost = lock.keep();
        return lost.isPresent()
                ? Optional.of(Stop.paused(StopCause.LOCK, "stopped " + where + ": " + lost.get()))
                : Optional.empty();
    }

    private Optional<String> spent() {
        return watchman.flatMap(Watchman::spent);
    }
}
