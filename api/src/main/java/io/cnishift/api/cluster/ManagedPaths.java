package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads FieldsV1 of managedFields as paths. In it, {@code f:NAME} is a field, {@code k:{...}} an item of a list by its
 * keys, {@code v:VALUE} an item of a set, and {@code .} the thing itself.
 */
final class ManagedPaths {
    static final String EKS = "eks";
    private static final String POD_SPEC = "spec.template.spec.";
    private static final Pattern KEY_VALUE = Pattern.compile("\"[^\"]*\":(?:\"([^\"]*)\"|([^,}]+))");

    private ManagedPaths() {}

    /**
     * The fields that a manager owns, as sorted paths such as {@code spec.template.spec.containers[aws-node].image}; an
     * item of a list is named by its key, a field with a dot in its name by {@code ["name"]}.
     */
    static List<String> of(Map<String, ?> tree, String manager) {
        return of(tree, manager::equals);
    }

    /** What others than EKS own of the pods that an object makes; nothing of an object that EKS does not apply. */
    static List<String> held(Map<String, ?> tree) {
        return of(tree, EKS::equals).isEmpty()
                ? List.of()
                : of(tree, manager -> !EKS.equals(manager)).stream()
                        .filter(path -> path.startsWith(POD_SPEC))
                        .toList();
    }

    private static List<String> of(Map<String, ?> tree, Predicate<String> managers) {
        List<List<String>> found = new ArrayList<>();
        for (Map<String, Object> entry : Tree.maps(tree, "metadata", "managedFields")) {
            if (entry.get("manager") instanceof String manager
                    && managers.test(manager)
                    && entry.get("subresource") == null) {
                found.add(Tree.known(Tree.map(entry, "fieldsV1"), Leaves.class, Leaves::of)
                        .paths());
            }
        }
        if (found.size() < 2) {
            return found.isEmpty() ? List.of() : found.get(0);
        }
        Set<String> paths = new TreeSet<>();
        found.forEach(paths::addAll);
        return List.copyOf(paths);
    }

    /** What one entry owns, which stays as it is while others write the object. */
    private record Leaves(List<String> paths) {
        private static Leaves of(Map<String, Object> fields) {
            Set<String> paths = new TreeSet<>();
            collect(fields, "", paths);
            return new Leaves(List.copyOf(paths));
        }
    }

    private static void collect(Map<String, Object> fields, String path, Set<String> paths) {
        boolean leaf = true;
        for (String key : fields.keySet()) {
            if (!key.equals(".")) {
                leaf = false;
                collect(Tree.map(fields, key), path + step(key, path.isEmpty()), paths);
            }
        }
        if (leaf && !path.isEmpty()) {
            paths.add(path);
        }
    }

    private static String step(String key, boolean first) {
        String body = key.substring(Math.min(2, key.length()));
        if (key.startsWith("k:")) {
            return "[" + keyValues(body) + "]";
        }
        if (key.startsWith("v:")) {
            return "[=" + body.replace("\"", "") + "]";
        }
        if (body.contains(".")) {
            return "[\"" + body + "\"]";
        }
        return first ? body : "." + body;
    }

    private static String keyValues(String json) {
        return KEY_VALUE
                .matcher(json)
                .results()
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                .collect(Collectors.joining(","));
    }
}
