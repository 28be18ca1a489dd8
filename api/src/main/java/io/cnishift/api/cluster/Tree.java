package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reading JSON trees: maps, lists, strings, numbers, booleans and null, as Kubernetes objects come. Pure. */
public final class Tree {

    private Tree() {}

    /** A deep, immutable copy that keeps the order of keys. */
    public static Map<String, Object> copy(Map<String, ?> tree) {
        if (tree instanceof FrozenMap frozen && frozen.whole()) {
            return frozen;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, freeze(value)));
        return FrozenMap.whole(copy);
    }

    /** An immutable copy of the uppermost level, in the order of its keys; what is below is shared. */
    public static Map<String, Object> frozen(Map<String, ?> tree) {
        return FrozenMap.of(tree);
    }

    /** An immutable copy of the uppermost level with that value at that key; what is below is shared. */
    public static Map<String, Object> with(Map<String, ?> tree, String key, Object value) {
        return FrozenMap.with(tree, key, value);
    }

    /**
     * What a pure function makes of a tree that nobody changes, worked out once for each such tree: what is read of an object at
     * every look at it costs one look-up. A tree that is not {@link #frozen}, or that has many keys, is worked on each time.
     *
     * @param type of what is made, by one function for each type
     */
    @SuppressWarnings("unchecked")
    public static <T> T known(Map<String, ?> tree, Class<T> type, Function<? super Map<String, Object>, T> work) {
        return tree instanceof FrozenMap frozen ? frozen.known(type, work) : work.apply((Map<String, Object>) tree);
    }

    /** A deep copy that may be changed. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> mutable(Map<String, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, thaw(value)));
        return copy;
    }

    /** The value at that path of keys, if every step is there. */
    public static Optional<Object> at(Map<String, ?> tree, String... path) {
        return Optional.ofNullable(find(tree, path));
    }

    /** The map at that path; empty when absent or no map. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Map<String, ?> tree, String... path) {
        return find(tree, path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The maps in the list at that path; empty when absent. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> maps(Map<String, ?> tree, String... path) {
        List<Object> list = list(tree, path);
        int others = 0;
        for (int i = 0; i < list.size(); i++) {
            others += list.get(i) instanceof Map ? 0 : 1;
        }
        if (others == 0) {
            return list.isEmpty()
                    ? List.of()
                    : (List<Map<String, Object>>) (List<?>) Collections.unmodifiableList(list);
        }
        List<Map<String, Object>> maps = new ArrayList<>(list.size() - others);
        for (Object item : list) {
            if (item instanceof Map<?, ?> map) {
                maps.add((Map<String, Object>) map);
            }
        }
        return Collections.unmodifiableList(maps);
    }

    /** The list at that path; empty when absent or no list. */
    @SuppressWarnings("unchecked")
    public static List<Object> list(Map<String, ?> tree, String... path) {
        return find(tree, path) instanceof List<?> list ? (List<Object>) list : List.of();
    }

    /** The strings in the list at that path. */
    public static List<String> texts(Map<String, ?> tree, String... path) {
        return list(tree, path).stream().map(String::valueOf).toList();
    }

    /** The scalar at that path as text. */
    public static Optional<String> text(Map<String, ?> tree, String... path) {
        Object found = find(tree, path);
        if (found instanceof String text) {
            return Optional.of(text);
        }
        return found == null || found instanceof Map || found instanceof List
                ? Optional.empty()
                : Optional.of(found.toString());
    }

    /** The whole number at that path, or the given one. */
    public static long number(Map<String, ?> tree, long absent, String... path) {
        return find(tree, path) instanceof Number number ? number.longValue() : absent;
    }

    /** The time at that path; one that is not in ISO 8601 throws. */
    public static Optional<Instant> time(Map<String, ?> tree, String... path) {
        return text(tree, path).map(Moments::parse);
    }

    /** Whether true stands at that path. */
    public static boolean flag(Map<String, ?> tree, String... path) {
        return Boolean.TRUE.equals(find(tree, path));
    }

    /** The map of strings at that path, e.g. labels; not to be changed. */
    @SuppressWarnings("unchecked")
    public static Map<String, String> strings(Map<String, ?> tree, String... path) {
        Map<String, Object> found = map(tree, path);
        if (found instanceof FrozenMap frozen && frozen.ofStrings()) {
            return (Map<String, String>) (Map<String, ?>) found;
        }
        Map<String, String> strings = new LinkedHashMap<>();
        found.forEach((key, value) -> strings.put(key, String.valueOf(value)));
        return strings;
    }

    private static @Nullable Object find(Map<String, ?> tree, String... path) {
        @Nullable Object here = tree;
        for (String key : path) {
            if (here instanceof FrozenMap frozen) {
                here = frozen.get(key);
            } else {
                here = here instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object freeze(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(freeze(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object thaw(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return mutable((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(thaw(item)));
            return copy;
        }
        return value;
    }
}
