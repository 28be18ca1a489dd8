package io.cnishift.simulator;

import io.cnishift.api.port.MigrationException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The value of a fault as its user wrote it. There are four forms: a share ({@code 0.1} or {@code 10%}), a time ({@code 300s},
 * {@code 5m}, {@code 2h}), a number, and names with numbers that each fault reads for itself.
 */
public record FaultValue(String fault, String text) {

    private static final double PERCENT = 100;
    private static final String SHARE = "a share such as 0.1 or 10%";

    public FaultValue {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(text, "text");
    }

    /** A share up to all. */
    public double share() {
        return parsedShare().orElseThrow(() -> malformed("give " + SHARE));
    }

    /** A share of acts that fail: some have to succeed. */
    public double shareBelowAll() {
        return parsedShare().filter(s -> s < 1).orElseThrow(() -> malformed("give " + SHARE + ", less than all"));
    }

    /** A time of at least one second. */
    public Duration time() {
        if (!text.matches("[1-9][0-9]{0,5}[smh]")) {
            throw malformed("give a time such as 300s, 5m or 2h");
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    /** How many; empty when it is a share. */
    public Optional<Integer> countOrShare() {
        if (text.matches("[1-9][0-9]{0,5}")) {
            return Optional.of(Integer.parseInt(text));
        }
        if (parsedShare().isEmpty()) {
            throw malformed("give " + SHARE + ", or a number such as 2");
        }
        return Optional.empty();
    }

    /** The error that this value is none. */
    public MigrationException malformed(String remedy) {
        return MigrationException.user("SIM-FAULT", "fault " + fault + " cannot be '" + text + "'", remedy);
    }

    private Optional<Double> parsedShare() {
        if (text.matches("(0|1)\\.[0-9]{1,6}")) {
            return positive(Double.parseDouble(text));
        }
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?%")
                ? positive(Double.parseDouble(text.substring(0, text.length() - 1)) / PERCENT)
                : Optional.empty();
    }

    private static Optional<Double> positive(double share) {
        return Optional.of(share).filter(s -> s > 0 && s <= 1);
    }
}
