package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Making new JSON trees from old ones without changing them: only the maps on the way to the change are copied, the rest is
 * shared. Reading is done by {@link Tree}.
 */
public final class Trees {

    private Trees() {}

    /** A map of these keys and values in turn; keys whose value is null are left out. */
    public static Map<String, Object> of(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null) {
                map.put((String) Objects.requireNonNull(keysAndValues[i], "key"), held(value));
            }
        }
        return Tree.frozen(map);
    }

    /** The tree with that value at that path; maps on the way are made where they are missing. */
    public static Map<String, Object> with(Map<String, ?> tree, Object value, String... path) {
        Objects.requireNonNull(value, "value");
        if (path.length == 0) {
            throw new IllegalArgumentException("a path needs a key");
        }
        return Tree.with(tree, path[0], path.length == 1 ? held(value) : with(child(tree, path[0]), value, rest(path)));
    }

    /** The tree without what stands at that path. */
    public static Map<String, Object> without(Map<String, ?> tree, String... path) {
        if (!tree.containsKey(path[0]) || (path.length > 1 && !(tree.get(path[0]) instanceof Map))) {
            return Tree.frozen(tree);
        }
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        if (path.length == 1) {
            copy.remove(path[0]);
        } else {
            copy.put(path[0], without(child(tree, path[0]), rest(path)));
        }
        return Tree.frozen(copy);
    }

    /** The tree with every whole number in the one form that equal numbers share: Integer, Long where it does not fit. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> canonical(Map<String, ?> tree) {
        return (Map<String, Object>) Objects.requireNonNull(canonicalValue(tree));
    }

    private static @Nullable Object canonicalValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put((String) k, canonicalValue(v)));
            return Tree.frozen(copy);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(canonicalValue(item)));
            return Collections.unmodifiableList(copy);
        }
        return value == null ? null : number(value);
    }

    /** A value as trees hold it: a map that is none of them yet would be read anew, and copied, at every look. */
    @SuppressWarnings("unchecked")
    private static Object held(Object value) {
        return value instanceof Map<?, ?> map ? Tree.frozen((Map<String, Object>) map) : number(value);
    }

    private static Object number(Object value) {
        return value instanceof Long number && number.intValue() == number ? (Object) number.intValue() : value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String[] rest(String[] path) {
        return Arrays.copyOfRange(path, 1, path.length);
    }
}
