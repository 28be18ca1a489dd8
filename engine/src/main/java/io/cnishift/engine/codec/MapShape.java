package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link Map} and {@link SortedMap} with text-like keys, written sorted by key; a map of raw values is a raw tree and
 * keeps its order.
 */
final class MapShape implements Shape {
    private final TextualShape key;
    private final Shape element;
    private final boolean sorted;

    MapShape(TextualShape key, Shape element, boolean sorted) {
        this.key = key;
        this.element = element;
        this.sorted = sorted;
    }

    @Override
    public String what() {
        return "an object";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.OBJECT_START) {
            return in.wrongType(this);
        }
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        boolean failed = false;
        while (in.next() == Token.KEY) {
            failed |= !entry(in, entries);
        }
        if (failed) {
            return Reading.FAILED;
        }
        return sorted
                ? Collections.unmodifiableSortedMap(new TreeMap<>(entries))
                : Collections.unmodifiableMap(entries);
    }

    private boolean entry(Reading in, Map<Object, @Nullable Object> entries) {
        String text = in.pooledText();
        in.path().enter(text);
        Object name = key.fromText(text, in);
        boolean good = name != Reading.FAILED;
        if (good && entries.containsKey(name)) {
            in.refuse("duplicate key", "remove one of them");
            good = false;
        }
        in.next();
        Object value = good ? element.read(in) : Reading.FAILED;
        if (!good) {
            in.skip();
        }
        if (value != Reading.FAILED) {
            entries.put(name, value);
        }
        in.path().leave();
        return value != Reading.FAILED;
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(((Map<?, ?>) out.required(value)).entrySet());
        if (sorted || !(element instanceof RawShape)) {
            entries.sort(Comparator.comparing(entry -> key.toText(entry.getKey())));
        }
        out.sink().startObject();
        for (Map.Entry<?, ?> entry : entries) {
            String name = key.toText(out.required(entry.getKey()));
            out.path().enter(name);
            out.sink().key(name);
            element.write(entry.getValue(), out);
            out.path().leave();
        }
        out.sink().endObject();
    }

    @Override
    public Optional<Object> zero() {
        return Optional.of(sorted ? Collections.emptySortedMap() : Map.of());
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        Map<String, Object> schema = SchemaContext.node("type", "object");
        if (!(key instanceof TextShape)) {
            schema.put("propertyNames", key.schema(context));
        }
        if (!(element instanceof RawShape)) {
            schema.put("additionalProperties", element.schema(context));
        }
        return schema;
    }
}
