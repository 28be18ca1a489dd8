package io.cnishift.engine.codec;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code int} or {@code long}, boxed or not. */
final class WholeShape implements Shape {
    private final boolean wide;

    private WholeShape(boolean wide) {
        this.wide = wide;
    }

    static WholeShape ofInt() {
        return new WholeShape(false);
    }

    static WholeShape ofLong() {
        return new WholeShape(true);
    }

    @Override
    public String what() {
        return "a whole number";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.NUMBER || !isWhole(in.text())) {
            return in.wrongType(this);
        }
        try {
            long value = Long.parseLong(in.text());
            if (wide) {
                return value;
            }
            if (value == (int) value) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        return in.refuse(
                "the number " + Reading.shorten(in.text()) + " is out of range",
                wide
                        ? "the range is " + Long.MIN_VALUE + " to " + Long.MAX_VALUE
                        : "the range is " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
    }

    private static boolean isWhole(String digits) {
        return digits.indexOf('.') < 0
                && YamlWords.isJsonNumber(digits)
                && digits.indexOf('e') < 0
                && digits.indexOf('E') < 0;
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        out.sink().number(out.required(value).toString());
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(wide ? (Object) 0L : (Object) 0);
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of("type", "integer");
    }
}
