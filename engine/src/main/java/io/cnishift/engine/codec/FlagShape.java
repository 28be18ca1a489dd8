package io.cnishift.engine.codec;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code boolean}, boxed or not. */
final class FlagShape implements Shape {
    @Override
    public String what() {
        return "true or false";
    }

    @Override
    public Object read(Reading in) {
        return switch (in.token()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> in.wrongType(this);
        };
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        out.sink().flag((Boolean) out.required(value));
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(false);
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of("type", "boolean");
    }
}
