package io.cnishift.engine.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Duration} as a number of seconds, with a fraction only when it has one. */
final class DurationShape implements Shape {
    private static final int NANO_DIGITS = 9;
    private static final int MAX_SECOND_DIGITS = 18;

    @Override
    public String what() {
        return "a number of seconds";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.NUMBER || !YamlWords.isJsonNumber(in.text())) {
            return in.wrongType(this);
        }
        try {
            BigDecimal seconds = new BigDecimal(in.text()).stripTrailingZeros();
            boolean fits = seconds.precision() - seconds.scale() <= MAX_SECOND_DIGITS && seconds.scale() <= NANO_DIGITS;
            if (fits) {
                return duration(seconds);
            }
        } catch (NumberFormatException e) {
            // The exponent itself is beyond all bounds; told below.
        }
        return in.refuse(
                "the number of seconds " + Reading.shorten(in.text()) + " is out of range",
                "use at most nine digits behind the point and eighteen before it");
    }

    private static Duration duration(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS).longValueExact();
        return Duration.ofSeconds(whole.longValueExact(), nanos);
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        Duration duration = (Duration) out.required(value);
        BigDecimal seconds =
                BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
        out.sink().number(seconds.stripTrailingZeros().toPlainString());
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return SchemaContext.node("type", "number", "description", "seconds");
    }
}
