package io.cnishift.api.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metadata that every Kubernetes object has. */
final class Meta {

    private Meta() {}

    static String name(Map<String, ?> tree) {
        return Tree.text(tree, "metadata", "name").orElse("");
    }

    static String namespace(Map<String, ?> tree) {
        return Tree.text(tree, "metadata", "namespace").orElse("");
    }

    static String uid(Map<String, ?> tree) {
        return Tree.text(tree, "metadata", "uid").orElse("");
    }

    static String version(Map<String, ?> tree) {
        return Tree.text(tree, "metadata", "resourceVersion").orElse("");
    }

    /** When it was made; the epoch for an object that does not say so or not in ISO 8601. */
    static Instant created(Map<String, ?> tree) {
        try {
            return Tree.text(tree, "metadata", "creationTimestamp")
                    .map(Instant::parse)
                    .orElse(Instant.EPOCH);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    static Map<String, String> labels(Map<String, ?> tree) {
        return unmarked(Tree.strings(tree, "metadata", "labels"));
    }

    static Map<String, String> annotations(Map<String, ?> tree) {
        return unmarked(Tree.strings(tree, "metadata", "annotations"));
    }

    private static Map<String, String> unmarked(Map<String, String> marks) {
        Map<String, String> left = new LinkedHashMap<>(marks);
        left.keySet().removeIf(OwnerMarks::isMark);
        return left;
    }
}
