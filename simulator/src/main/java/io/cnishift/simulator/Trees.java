package io.cnishift.simulator;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Making new JSON trees from old ones without changing them: only the maps on the way to the change are copied, the rest is
 * shared. Reading is done by {@link io.cnishift.api.cluster.Tree}.
 */
public final class Trees {

    private Trees() {}

    /** A map of these keys and values in turn; keys whose value is null are left out. */
    public static Map<String, Object> of(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null) {
                map.put((String) Objects.requireNonNull(keysAndValues[i], "key"), value);
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** The tree with that value at that path; maps on the way are made where they are missing. */
    public static Map<String, Object> with(Map<String, ?> tree, Object value, String... path) {
        Objects.requireNonNull(value, "value");
        if (path.length == 0) {
            throw new IllegalArgumentException("a path needs a key");
        }
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        copy.put(path[0], path.length == 1 ? value : with(child(tree, path[0]), value, rest(path)));
        return Collections.unmodifiableMap(copy);
    }

    /** The tree without what stands at that path. */
    public static Map<String, Object> without(Map<String, ?> tree, String... path) {
        if (!tree.containsKey(path[0]) || (path.length > 1 && !(tree.get(path[0]) instanceof Map))) {
            return Collections.unmodifiableMap(tree);
        }
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        if (path.length == 1) {
            copy.remove(path[0]);
        } else {
            copy.put(path[0], without(child(tree, path[0]), rest(path)));
        }
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String[] rest(String[] path) {
        return Arrays.copyOfRange(path, 1, path.length);
    }
}
