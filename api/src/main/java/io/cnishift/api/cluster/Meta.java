package io.cnishift.api.cluster;

import java.time.DateTimeException;
import java.time.Instant;
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
        Map<String, Object> metadata = Tree.map(tree, "metadata");
        return Tree.text(metadata, "creationTimestamp").map(Meta::time).orElse(Instant.EPOCH);
    }

    private static Instant time(String text) {
        try {
            return Moments.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Whether it was deleted, and something keeps it until its part is done. */
    static boolean terminating(Map<String, ?> tree) {
        return Tree.text(tree, "metadata", "deletionTimestamp").isPresent();
    }

    static Map<String, String> labels(Map<String, ?> tree) {
        return unmarked(tree, "labels");
    }

    static Map<String, String> annotations(Map<String, ?> tree) {
        return unmarked(tree, "annotations");
    }

    private static Map<String, String> unmarked(Map<String, ?> tree, String field) {
        return Tree.known(Tree.map(tree, "metadata", field), Unmarked.class, Unmarked::of)
                .kept();
    }

    /** Labels or annotations but those that say nothing but who owns the object. */
    private record Unmarked(Map<String, String> kept) {
        private static Unmarked of(Map<String, ?> marks) {
            Map<String, String> left = new LinkedHashMap<>(Tree.strings(marks));
            left.keySet().removeIf(OwnerMarks::isMark);
            return new Unmarked(Map.copyOf(left));
        }
    }
}
