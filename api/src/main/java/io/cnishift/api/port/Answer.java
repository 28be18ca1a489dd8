package io.cnishift.api.port;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** What came of a {@link Question}; the evidence names the path taken, or where it broke and why. */
public record Answer(Verdict verdict, String evidence, Instant at) {

    /** The verdict; unknown is never a pass. */
    public enum Verdict {
        REACHED,
        NOT_REACHED,
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Answer {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(evidence);
        Objects.requireNonNull(at);
    }

    /** Whether it was reached. */
    public boolean reached() {
        return verdict == Verdict.REACHED;
    }
}
