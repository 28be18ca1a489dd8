package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.MergeKeys;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as its source states it. Pure.
 *
 * @param stated identity, labels, annotations and everything that is neither metadata nor status
 */
record Manifest(Map<String, Object> stated) {

    private static final String REVISION = "deployment.kubernetes.io/revision";

    /** The manifest of an object that is as its source wants it. */
    static Manifest of(Map<String, Object> object) {
        Map<String, Object> metadata = Tree.map(object, "metadata");
        Map<String, Object> annotations = new LinkedHashMap<>(Tree.map(object, "metadata", "annotations"));
        annotations.remove(REVISION);
        Map<String, Object> kept = Trees.of(
                "name",
                metadata.get("name"),
                "namespace",
                metadata.get("namespace"),
                "labels",
                metadata.get("labels"),
                "annotations",
                annotations.isEmpty() ? null : annotations);
        return new Manifest(Trees.without(Trees.with(object, kept, "metadata"), "status"));
    }

    /** The object with every stated field as it is stated; what is not stated stays. */
    Map<String, Object> over(Map<String, Object> live) {
        return merged(live, stated);
    }

    /** Whether an object is as its source says. */
    boolean holds(Map<String, Object> live) {
        return over(live).equals(live);
    }

    /** Whether two versions of an object share all of which something is stated, as they do when only its status changes. */
    boolean sameStated(Map<String, Object> one, Map<String, Object> other) {
        for (String field : stated.keySet()) {
            if (!field.equals("metadata") && one.get(field) != other.get(field)) {
                return false;
            }
        }
        Map<String, Object> metadata = Tree.map(one, "metadata");
        Map<String, Object> others = Tree.map(other, "metadata");
        for (String field : Tree.map(stated, "metadata").keySet()) {
            if (metadata.get(field) != others.get(field)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Object> merged(Map<String, Object> live, Map<String, Object> stated) {
        Map<String, Object> merged = new LinkedHashMap<>(live);
        stated.forEach((key, value) -> merged.put(key, merged(key, live.get(key), value)));
        return merged;
    }

    private static Object merged(String field, @Nullable Object live, Object stated) {
        if (live instanceof Map<?, ?> && stated instanceof Map<?, ?>) {
            return merged(tree(live), tree(stated));
        }
        Optional<List<String>> keys = stated instanceof List<?> items ? MergeKeys.of(field, items) : Optional.empty();
        return live instanceof List<?> now && keys.isPresent() ? items(keys.get(), now, (List<?>) stated) : stated;
    }

    /** Items are told by their keys: live ones keep their place, and missing ones come last. */
    private static List<Object> items(List<String> keys, List<?> live, List<?> stated) {
        Map<String, Object> left = new LinkedHashMap<>();
        stated.forEach(item -> left.put(MergeKeys.identity(tree(item), keys), item));
        List<Object> merged = new ArrayList<>();
        for (Object item : live) {
            Object wanted = left.remove(MergeKeys.identity(tree(item), keys));
            merged.add(wanted == null ? item : merged(tree(item), tree(wanted)));
        }
        merged.addAll(left.values());
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Object value) {
        return (Map<String, Object>) value;
    }
}
