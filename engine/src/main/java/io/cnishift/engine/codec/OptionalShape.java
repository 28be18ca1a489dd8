package io.cnishift.engine.codec;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Optional} and its two primitive kin: the value itself, null or a missing key when it is empty. */
final class OptionalShape implements Shape {
    private final Shape inner;
    private final Object empty;
    private final Function<Object, Object> wrap;
    private final Function<Object, Optional<?>> unwrap;

    private OptionalShape(
            Shape inner, Object empty, Function<Object, Object> wrap, Function<Object, Optional<?>> unwrap) {
        this.inner = inner;
        this.empty = empty;
        this.wrap = wrap;
        this.unwrap = unwrap;
    }

    static OptionalShape of(Shape inner) {
        return new OptionalShape(inner, Optional.empty(), Optional::of, value -> (Optional<?>) value);
    }

    static OptionalShape ofInt() {
        return new OptionalShape(
                WholeShape.ofInt(),
                OptionalInt.empty(),
                value -> OptionalInt.of((Integer) value),
                value -> ((OptionalInt) value).stream().boxed().findFirst());
    }

    static OptionalShape ofLong() {
        return new OptionalShape(
                WholeShape.ofLong(),
                OptionalLong.empty(),
                value -> OptionalLong.of((Long) value),
                value -> ((OptionalLong) value).stream().boxed().findFirst());
    }

    @Override
    public String what() {
        return inner.what();
    }

    @Override
    public Object read(Reading in) {
        if (in.token() == Token.NULL) {
            return empty;
        }
        Object value = inner.read(in);
        return value == null || value == Reading.FAILED ? Reading.FAILED : wrap.apply(value);
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        Optional<?> content = unwrap.apply(out.required(value));
        if (content.isPresent()) {
            inner.write(content.get(), out);
        } else {
            out.sink().nothing();
        }
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(empty);
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return context.nullable(inner.schema(context));
    }
}
