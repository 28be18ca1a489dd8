package io.cnishift.engine.journal;

import io.cnishift.api.plan.Deferred;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a step stands.
 *
 * @param finishedAt when it came to its end, or stopped going forward; its way back does not count
 * @param detail what was found at its end, or what it waits for
 */
public record StepTrace(
        Standing standing,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String detail,
        List<Deferred> deferred) {

    /** Nothing is known of the step. */
    public static final StepTrace NONE =
            new StepTrace(Standing.PENDING, Optional.empty(), Optional.empty(), "", List.of());

    /** The ways to stand. */
    public enum Standing {
        PENDING,
        RUNNING,
        DONE,
        SKIPPED,
        ROLLED_BACK;

        @Override
        public String toString() {
            return this == ROLLED_BACK ? "rolledBack" : name().toLowerCase(Locale.ROOT);
        }
    }

    public StepTrace {
        Objects.requireNonNull(standing);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(detail);
        deferred = List.copyOf(deferred);
    }

    StepTrace with(Standing next, Optional<Instant> start, Optional<Instant> finish, String what) {
        return new StepTrace(next, start, finish, what, deferred);
    }
}
