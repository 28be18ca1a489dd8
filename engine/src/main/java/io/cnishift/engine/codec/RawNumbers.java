package io.cnishift.engine.codec;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Optional;

/** The numbers of raw trees: Integer where it fits, else Long, and Double for what has a point or an exponent. */
final class RawNumbers {
    private RawNumbers() {}

    /** Returns the number, empty when it does not fit. The digits must be JSON's. */
    static Optional<Number> parse(String digits) {
        boolean whole = digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
        if (!whole) {
            double value = Double.parseDouble(digits);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        }
        try {
            long value = Long.parseLong(digits);
            return Optional.of(value == (int) value ? (Number) (int) value : (Number) value);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the shortest digits that read back as the value, by Jackson's algorithm since the JDK's own changed in
     * 19. The exponent has a sign: YAML 1.1 takes 1.0E10 for text and 1.0e+10 for a number, as JSON does.
     */
    static String format(double value, Writing out) {
        if (!Double.isFinite(value)) {
            throw out.unsupported(value + " has no written form");
        }
        String digits = NumberOutput.toString(value, true);
        int exponent = digits.indexOf('E');
        if (exponent < 0) {
            return digits;
        }
        String power = digits.substring(exponent + 1);
        return digits.substring(0, exponent) + "e" + (power.startsWith("-") ? power : "+" + power);
    }
}
