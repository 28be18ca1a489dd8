package io.cnishift.engine.verify;

import io.cnishift.api.plan.ProbeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What the probes said of a cluster as it is now: the JSON of {@code verify}, additions only. */
public record Verification(Outcome outcome, List<Line> probes) {

    /** All of them together. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** None failed, and of some nothing can be said. */
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One probe.
     *
     * @param remedy empty when it passed
     */
    public record Line(
            String code, String title, ProbeStatus status, String evidence, String remedy, Duration durationSeconds) {
        public Line {
            Objects.requireNonNull(code);
            Objects.requireNonNull(title);
            Objects.requireNonNull(status);
            Objects.requireNonNull(evidence);
            Objects.requireNonNull(remedy);
            Objects.requireNonNull(durationSeconds);
        }
    }

    public Verification {
        Objects.requireNonNull(outcome);
        probes = List.copyOf(probes);
    }

    static Verification of(List<Line> lines) {
        return new Verification(
                any(lines, ProbeStatus.FAIL)
                        ? Outcome.FAILED
                        : any(lines, ProbeStatus.UNKNOWN) ? Outcome.UNKNOWN : Outcome.PASSED,
                lines);
    }

    /** The same with something that is missing besides, whatever the probes say. */
    public Verification lacking(Line line) {
        return of(Stream.concat(Stream.of(line), probes.stream()).toList());
    }

    private static boolean any(List<Line> lines, ProbeStatus status) {
        return lines.stream().anyMatch(line -> line.status() == status);
    }
}
