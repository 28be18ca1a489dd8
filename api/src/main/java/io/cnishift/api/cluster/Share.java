package io.cnishift.api.cluster;

import java.util.Optional;

/** Numbers that Kubernetes lets users write as a count or as a percentage. */
public final class Share {

    private Share() {}

    /** The count that is meant, a percentage rounded up; empty when the text is neither. */
    public static Optional<Integer> up(String text, int whole) {
        return of(text, whole, Math::ceil);
    }

    /** The count that is meant, a percentage rounded down; empty when the text is neither. */
    public static Optional<Integer> down(String text, int whole) {
        return of(text, whole, Math::floor);
    }

    private static Optional<Integer> of(String text, int whole, java.util.function.DoubleUnaryOperator rounding) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Integer.parseInt(text));
        }
        return text.matches("[0-9]{1,9}%")
                ? Optional.of((int) rounding.applyAsDouble(
                        whole * (double) Integer.parseInt(text.substring(0, text.length() - 1)) / 100))
                : Optional.empty();
    }
}
