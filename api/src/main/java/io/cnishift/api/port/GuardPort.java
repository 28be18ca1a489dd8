package io.cnishift.api.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Looks at what guards watch, on a schedule of its own, so that a run that is at work or waits loses no sample. */
public interface GuardPort {

    /**
     * Begins to look at each of these every so often, the first time at once. Whoever asked takes the samples from the watch and
     * closes it.
     */
    Watch watch(List<Guard> guards, Duration every);

    /** Samples on their way. */
    interface Watch extends AutoCloseable {

        /** What has come since it was last asked, oldest first. */
        List<Sample> taken();

        /** Looks no more. */
        @Override
        void close();
    }

    /**
     * One look at one guard.
     *
     * @param evidence what was seen, or why nothing was
     */
    record Sample(Guard guard, Verdict verdict, String evidence, Instant at) {
        public Sample {
            Objects.requireNonNull(guard);
            Objects.requireNonNull(verdict);
            Objects.requireNonNull(evidence);
            Objects.requireNonNull(at);
        }
    }

    /** What came of a look. */
    enum Verdict {
        GREEN,
        RED,
        /** It could not be asked. */
        UNKNOWN,
        /** There is no such thing in this world, as no alarm in a simulated cluster; it is not judged. */
        ABSENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A port of a world that has nothing to guard. */
    static GuardPort none(TimeSource time) {
        return new NoGuards(time);
    }
}
