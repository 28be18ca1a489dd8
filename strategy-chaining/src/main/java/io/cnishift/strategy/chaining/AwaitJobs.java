package io.cnishift.strategy.chaining;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * Waits for pods of Jobs that run when the step begins and are no endpoints of Cilium.
 *
 * @param limit how long the step waits for them
 * @param otherwise what becomes of the run when they have not ended by then
 */
record AwaitJobs(Duration limit, Otherwise otherwise) {

    static final String KIND = "await-jobs";

    AwaitJobs {
        Objects.requireNonNull(limit);
        Objects.requireNonNull(otherwise);
    }

    /** What becomes of the run. */
    enum Otherwise {
        /** It stops. */
        STOP,
        /** It goes on without them. */
        GO_ON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
