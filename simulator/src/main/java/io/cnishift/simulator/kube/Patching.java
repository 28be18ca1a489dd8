package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.MergeKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two patches of the Kubernetes API on trees. Pure.
 *
 * <p>Source: RFC 7386; Kubernetes documentation, "Update API objects in place using kubectl patch", and the strategic merge
 * patch notes of sig-api-machinery. In a strategic patch a list whose items have a merge key is merged by it, every other
 * list is replaced; {@code $patch: delete|replace|merge}, {@code $deleteFromPrimitiveList}, {@code $retainKeys} and
 * {@code $setElementOrder} of lists with a merge key are obeyed.
 */
public final class Patching {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";
    private static final Set<String> MERGED_PRIMITIVES = Set.of("finalizers");
    /** Maps of strings, which a server stores without entries as if they were not there. */
    private static final Set<String> STRING_MAPS = Set.of("annotations", "labels", "nodeSelector");

    private Patching() {}

    /** A JSON merge patch: null removes, maps are merged, everything else replaces. */
    public static Map<String, Object> merge(Map<String, ?> object, Map<String, ?> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(object);
        patch.forEach((key, value) -> {
            if (isNull(value)) {
                merged.remove(key);
            } else if (value instanceof Map<?, ?> change) {
                keep(merged, key, merge(map(merged.get(key)), map(change)));
            } else {
                merged.put(key, value);
            }
        });
        return Tree.frozen(merged);
    }

    /** A strategic merge patch. */
    public static Map<String, Object> strategic(Map<String, ?> object, Map<String, ?> patch) {
        if ("replace".equals(patch.get(DIRECTIVE))) {
            return plain(patch);
        }
        Map<String, Object> merged = new LinkedHashMap<>(object);
        List<Object> retained = Tree.list(patch, RETAIN);
        if (!retained.isEmpty()) {
            merged.keySet().removeIf(k -> !retained.contains(k));
        }
        patch.forEach((key, value) -> {
            if (key.startsWith(DELETE_FROM)) {
                String list = key.substring(DELETE_FROM.length());
                List<Object> left = new ArrayList<>(list(merged.get(list)));
                left.removeAll(list(value));
                merged.put(list, left);
            } else if (!key.equals(DIRECTIVE) && !key.equals(RETAIN) && !key.startsWith(ORDER)) {
                put(merged, key, value);
            }
        });
        patch.forEach((key, value) -> {
            if (key.startsWith(ORDER)) {
                String list = key.substring(ORDER.length());
                ElementOrder.of(list, list(patch.get(list)), list(value))
                        .ifPresent(order ->
                                merged.put(list, order.sorted(list(object.get(list)), list(merged.get(list)))));
            }
        });
        return Tree.frozen(merged);
    }

    private static void keep(Map<String, Object> merged, String key, Map<String, Object> value) {
        if (value.isEmpty() && STRING_MAPS.contains(key)) {
            merged.remove(key);
        } else {
            merged.put(key, value);
        }
    }

    private static void put(Map<String, Object> merged, String key, @Nullable Object value) {
        if (value == null || (value instanceof Map<?, ?> map && "delete".equals(map.get(DIRECTIVE)))) {
            merged.remove(key);
        } else if (value instanceof Map<?, ?> change) {
            keep(merged, key, strategic(map(merged.get(key)), map(change)));
        } else if (value instanceof List<?> items) {
            merged.put(key, lists(key, list(merged.get(key)), items));
        } else {
            merged.put(key, value);
        }
    }

    private static List<Object> lists(String field, List<Object> original, List<?> patch) {
        if (MERGED_PRIMITIVES.contains(field)) {
            Set<Object> union = new LinkedHashSet<>(original);
            union.addAll(patch);
            return List.copyOf(union);
        }
        List<Object> all = new ArrayList<>(original);
        all.addAll(patch);
        Optional<String> key = MergeKeys.ofPatch(field, all);
        return key.isPresent() ? keyed(field, key.get(), original, patch) : items(patch);
    }

    private static List<Object> keyed(String field, String key, List<Object> original, List<?> patch) {
        boolean replace = patch.stream()
                .anyMatch(i -> i instanceof Map<?, ?> m && "replace".equals(m.get(DIRECTIVE)) && m.size() == 1);
        List<Object> merged = replace ? new ArrayList<>() : new ArrayList<>(original);
        for (Object item : patch) {
            Map<String, Object> change = map(item);
            if (change.size() == 1 && "replace".equals(change.get(DIRECTIVE))) {
                continue;
            }
            Object identity = change.get(key);
            if (identity == null) {
                throw new ApiRefusal(
                        Reason.INVALID, "an item of " + field + " does not contain declared merge key: " + key);
            }
            int at = find(merged, key, identity);
            if ("delete".equals(change.get(DIRECTIVE))) {
                if (at >= 0) {
                    merged.remove(at);
                }
            } else if (at >= 0) {
                merged.set(at, strategic(map(merged.get(at)), change));
            } else {
                merged.add(plain(change));
            }
        }
        return Collections.unmodifiableList(merged);
    }

    private static int find(List<Object> items, String key, Object identity) {
        for (int i = 0; i < items.size(); i++) {
            if (identity.equals(map(items.get(i)).get(key))) {
                return i;
            }
        }
        return -1;
    }

    /** New content out of a patch: without directives and without what is null. */
    private static Map<String, Object> plain(Map<String, ?> patch) {
        Map<String, Object> content = new LinkedHashMap<>();
        patch.forEach((key, value) -> {
            if (value != null && !key.startsWith("$")) {
                content.put(key, value instanceof Map<?, ?> map ? plain(map(map)) : value);
            }
        });
        return Tree.frozen(content);
    }

    private static List<Object> items(List<?> patch) {
        return Collections.unmodifiableList(new ArrayList<>(patch));
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
