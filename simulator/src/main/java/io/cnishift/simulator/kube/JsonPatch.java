package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON patches on trees: all operations in order, or none. Pure.
 *
 * <p>Source: RFC 6902, RFC 6901.
 */
public final class JsonPatch {
    private static final String END = "-";

    private final Map<String, Object> document;

    private JsonPatch(Map<String, Object> document) {
        this.document = document;
    }

    /** The object after the operations; one that cannot be done, or a test that fails, is refused. */
    public static Map<String, Object> patched(Map<String, ?> object, List<?> operations) {
        JsonPatch patch = new JsonPatch(Tree.mutable(object));
        operations.forEach(patch::apply);
        return Tree.copy(patch.document);
    }

    private void apply(Object item) {
        if (!(item instanceof Map<?, ?> operation)) {
            throw malformed("an operation is no object");
        }
        List<String> path = pointer(operation.get("path"));
        switch (String.valueOf(operation.get("op"))) {
            case "add" -> add(path, operation.get("value"));
            case "replace" -> {
                remove(path);
                add(path, operation.get("value"));
            }
            case "remove" -> remove(path);
            case "move" -> {
                List<String> from = pointer(operation.get("from"));
                @Nullable Object moved = find(from);
                remove(from);
                add(path, moved);
            }
            case "copy" -> add(path, copy(find(pointer(operation.get("from")))));
            case "test" -> {
                if (!Objects.equals(find(path), operation.get("value"))) {
                    throw refused("testing value " + written(path) + " failed");
                }
            }
            default -> throw malformed("unexpected kind: " + operation.get("op"));
        }
    }

    private void add(List<String> path, @Nullable Object value) {
        Object parent = parent(path);
        String last = last(path);
        if (parent instanceof List<?>) {
            List<@Nullable Object> list = list(parent);
            int index = last.equals(END) ? list.size() : index(last, list.size(), path);
            list.add(index, value);
        } else {
            map(parent, path).put(last, value);
        }
    }

    private void remove(List<String> path) {
        Object parent = parent(path);
        String last = last(path);
        if (parent instanceof List<?>) {
            List<@Nullable Object> list = list(parent);
            list.remove(index(last, list.size() - 1, path));
        } else if (map(parent, path).containsKey(last)) {
            map(parent, path).remove(last);
        } else {
            throw refused("unable to remove nonexistent key: " + last + ": missing value");
        }
    }

    private @Nullable Object find(List<String> path) {
        @Nullable Object here = document;
        for (String key : path) {
            if (here instanceof List<?> items) {
                here = items.get(index(key, items.size() - 1, path));
            } else if (here instanceof Map<?, ?> map && map.containsKey(key)) {
                here = map.get(key);
            } else {
                throw refused("doc is missing path " + written(path) + ": missing value");
            }
        }
        return here;
    }

    private Object parent(List<String> path) {
        if (path.isEmpty()) {
            throw refused("the whole object cannot be replaced");
        }
        @Nullable Object parent = find(path.subList(0, path.size() - 1));
        if (parent == null) {
            throw refused("doc is missing path " + written(path) + ": missing value");
        }
        return parent;
    }

    private static int index(String text, int highest, List<String> path) {
        if (!text.matches("0|[1-9][0-9]{0,6}") || Integer.parseInt(text) > highest) {
            throw refused("invalid index referenced at " + written(path));
        }
        return Integer.parseInt(text);
    }

    private static List<String> pointer(@Nullable Object pointer) {
        if (!(pointer instanceof String text) || (!text.isEmpty() && !text.startsWith("/"))) {
            throw malformed("an operation names no path");
        }
        List<String> keys = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String key : text.substring(1).split("/", -1)) {
                keys.add(key.replace("~1", "/").replace("~0", "~"));
            }
        }
        return keys;
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }

    private static String written(List<String> path) {
        return "/" + String.join("/", path);
    }

    private static @Nullable Object copy(@Nullable Object value) {
        return value == null ? null : Tree.mutable(Map.of("value", value)).get("value");
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(Object value) {
        return (List<@Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(Object value, List<String> path) {
        if (value instanceof Map<?, ?>) {
            return (Map<String, @Nullable Object>) value;
        }
        throw refused("doc is missing path " + written(path) + ": missing value");
    }

    private static ApiRefusal refused(String why) {
        return new ApiRefusal(Reason.INVALID, "the server rejected our request due to an error in our request: " + why);
    }

    private static ApiRefusal malformed(String why) {
        return new ApiRefusal(Reason.INVALID, "error decoding the patch: " + why, ApiRefusal.Detail.code(400));
    }
}
