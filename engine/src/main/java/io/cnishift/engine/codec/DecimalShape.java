package io.cnishift.engine.codec;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code double}, boxed or not. */
final class DecimalShape implements Shape {
    @Override
    public String what() {
        return "a number";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.NUMBER || !YamlWords.isJsonNumber(in.text())) {
            return in.wrongType(this);
        }
        double value = Double.parseDouble(in.text());
        if (Double.isFinite(value)) {
            return value;
        }
        return in.refuse("the number " + Reading.shorten(in.text()) + " is out of range", "write a smaller number");
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        out.sink().number(RawNumbers.format((Double) out.required(value), out));
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(0.0);
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of("type", "number");
    }
}
