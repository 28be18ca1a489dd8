package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Patches that lead back. */
final class Patches {

    private static final Set<String> SERVER_FIELDS =
            Set.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");

    private Patches() {}

    /** A merge patch that restores what a patch changed; a list is restored whole. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> restoring(Map<String, Object> patch, Map<String, Object> before) {
        Map<String, @Nullable Object> back = new LinkedHashMap<>();
        patch.forEach((key, value) -> {
            Object old = before.get(key);
            if (value instanceof Map<?, ?> change && old instanceof Map<?, ?> was) {
                back.put(key, restoring((Map<String, Object>) change, (Map<String, Object>) was));
            } else {
                back.put(key, old);
            }
        });
        return Tree.copy(back);
    }

    /** An object without what the server writes, so that it can be applied again. */
    static Map<String, Object> stripped(Map<String, Object> object) {
        Map<String, Object> copy = Tree.mutable(object);
        copy.remove("status");
        Map<String, Object> metadata = Tree.mutable(Tree.map(object, "metadata"));
        List.copyOf(metadata.keySet()).stream().filter(SERVER_FIELDS::contains).forEach(metadata::remove);
        copy.put("metadata", metadata);
        return copy;
    }
}
