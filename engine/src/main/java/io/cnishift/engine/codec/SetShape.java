package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link Set} and {@link SortedSet} of text-like values or whole numbers, written sorted. */
final class SetShape implements Shape {
    private final Shape element;
    private final boolean sorted;
    private final Comparator<Object> order;

    SetShape(Shape element, boolean sorted) {
        this.element = element;
        this.sorted = sorted;
        if (element instanceof TextualShape textual) {
            this.order = Comparator.comparing(textual::toText);
        } else if (element instanceof WholeShape) {
            this.order = Comparator.comparingLong(value -> ((Number) value).longValue());
        } else {
            throw new IllegalArgumentException("a set holds text-like values or whole numbers, not " + element.what()
                    + "; use a list, whose order is part of the value");
        }
    }

    @Override
    public String what() {
        return "a list without repetition";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.LIST_START) {
            return in.wrongType(this);
        }
        Set<Object> elements = new LinkedHashSet<>();
        boolean failed = false;
        for (int i = 0; in.next() != Token.LIST_END; i++) {
            in.path().enter(i);
            Object value = element.read(in);
            if (value == null || value == Reading.FAILED) {
                failed = true;
            } else if (!elements.add(value)) {
                in.refuse("\"" + value + "\" stands there twice", "remove one of them");
                failed = true;
            }
            in.path().leave();
        }
        return failed ? Reading.FAILED : unmodifiable(elements);
    }

    private Set<Object> unmodifiable(Set<Object> elements) {
        return sorted
                ? Collections.unmodifiableSortedSet(new TreeSet<>(elements))
                : Collections.unmodifiableSet(elements);
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        List<Object> elements = new ArrayList<>((Set<?>) out.required(value));
        elements.sort(order);
        out.sink().startList();
        for (int i = 0; i < elements.size(); i++) {
            out.path().enter(i);
            element.write(elements.get(i), out);
            out.path().leave();
        }
        out.sink().endList();
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(sorted ? Collections.emptySortedSet() : Set.of());
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return SchemaContext.node("type", "array", "items", element.schema(context), "uniqueItems", true);
    }
}
