package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link List}, in its own order. */
final class ListShape implements Shape {
    private final Shape element;

    ListShape(Shape element) {
        this.element = element;
    }

    @Override
    public String what() {
        return "a list";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.LIST_START) {
            return in.wrongType(this);
        }
        List<@Nullable Object> elements = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; in.next() != Token.LIST_END; i++) {
            in.path().enter(i);
            Object value = element.read(in);
            in.path().leave();
            failed |= value == Reading.FAILED;
            if (!failed) {
                elements.add(value);
            }
        }
        return failed ? Reading.FAILED : unmodifiable(elements);
    }

    /** List.copyOf makes what a record's own List.copyOf then keeps; only raw trees hold null, which it refuses. */
    private List<?> unmodifiable(List<@Nullable Object> elements) {
        return element instanceof RawShape ? Collections.unmodifiableList(elements) : List.copyOf(elements);
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        out.sink().startList();
        int i = 0;
        for (Object each : (List<?>) out.required(value)) {
            out.path().enter(i++);
            element.write(each, out);
            out.path().leave();
        }
        out.sink().endList();
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(List.of());
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return SchemaContext.node("type", "array", "items", element.schema(context));
    }
}
