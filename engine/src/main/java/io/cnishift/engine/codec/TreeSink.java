package io.cnishift.engine.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the raw tree of maps, lists and scalars that the written form would be read as. */
final class TreeSink implements Sink {
    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> keys = new ArrayDeque<>();
    private @Nullable Object root;

    @Nullable
    Object tree() {
        return root;
    }

    @Override
    public void startObject() {
        open.push(new LinkedHashMap<String, @Nullable Object>());
    }

    @Override
    public void key(String key) {
        keys.push(key);
    }

    @Override
    public void endObject() {
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) open.pop();
        add(Collections.unmodifiableMap(map));
    }

    @Override
    public void startList() {
        open.push(new ArrayList<@Nullable Object>());
    }

    @Override
    public void endList() {
        @SuppressWarnings("unchecked")
        List<@Nullable Object> list = (List<@Nullable Object>) open.pop();
        add(Collections.unmodifiableList(list));
    }

    @Override
    public void text(String text) {
        add(text);
    }

    @Override
    public void number(String digits) {
        add(RawNumbers.parse(digits).orElseThrow());
    }

    @Override
    public void flag(boolean value) {
        add(value);
    }

    @Override
    public void nothing() {
        add(null);
    }

    @Override
    public void finish() {
        // The tree is complete when its root is.
    }

    private void add(@Nullable Object value) {
        Object parent = open.peek();
        if (parent == null) {
            root = value;
        } else if (parent instanceof List) {
            @SuppressWarnings("unchecked")
            List<@Nullable Object> list = (List<@Nullable Object>) parent;
            list.add(value);
        } else {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) parent;
            map.put(keys.pop(), value);
        }
    }
}
