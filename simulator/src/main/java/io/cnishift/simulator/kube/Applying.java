package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ApiRefusal.Cause;
import io.cnishift.simulator.FieldSet;
import io.cnishift.simulator.ManagedFields;
import io.cnishift.simulator.MergeKeys;
import io.cnishift.simulator.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply on trees: a field that another manager owns and that would change is a conflict unless the apply forces;
 * a field that the manager applied before and leaves out now goes, if nobody else owns it. Pure.
 *
 * <p>Source: Kubernetes documentation, server-side apply.
 */
final class Applying {
    private static final String APPLY = "Apply";

    private Applying() {}

    /** The new object for a config that nobody has applied yet. */
    static Map<String, Object> created(Map<String, Object> config, String manager, Instant now) {
        Map<String, Object> entry = ManagedFields.entry(config, manager, APPLY, FieldSet.of(config), now);
        return Trees.with(config, List.of(entry), "metadata", "managedFields");
    }

    /** The object after the apply; refused with the fields and their managers on a conflict. */
    static Map<String, Object> applied(
            Map<String, Object> live, Map<String, Object> config, String manager, boolean force, Instant now) {
        Map<String, Object> wanted = FieldSet.of(config);
        List<Cause> conflicts = new ArrayList<>();
        List<Map<String, Object>> entries = new ArrayList<>();
        Map<String, Object> before = Map.of();
        Map<String, Object> others = Map.of();
        Instant at = now;
        for (Map<String, Object> entry : ManagedFields.entries(live)) {
            Map<String, Object> fields = Tree.map(entry, "fieldsV1");
            if (ManagedFields.isEntry(entry, manager, APPLY)) {
                before = fields;
                at = later(entry, now);
                continue;
            }
            List<String> taken = FieldSet.conflicts(wanted, fields, config, live);
            taken.forEach(p -> conflicts.add(
                    new Cause("FieldManagerConflict", "conflict with \"" + entry.get("manager") + "\"", p)));
            Map<String, Object> left = taken.isEmpty() ? fields : FieldSet.minus(fields, wanted);
            others = FieldSet.union(others, left);
            entries.add(Trees.with(entry, left, "fieldsV1"));
        }
        if (!conflicts.isEmpty() && !force) {
            throw conflict(conflicts);
        }
        Map<String, Object> dropped = FieldSet.minus(FieldSet.minus(before, wanted), others);
        Map<String, Object> merged = map(laid(cut(live, dropped), ownable(config), ""));
        boolean same = merged.equals(live) && before.equals(wanted);
        if (same) {
            return live;
        }
        entries.add(ManagedFields.entry(config, manager, APPLY, wanted, at));
        return Trees.with(merged, entries, "metadata", "managedFields");
    }

    private static ApiRefusal conflict(List<Cause> conflicts) {
        String count = conflicts.size() == 1 ? "1 conflict" : conflicts.size() + " conflicts";
        String each =
                conflicts.stream().map(c -> c.message() + ": " + c.field()).collect(Collectors.joining("; "));
        return new ApiRefusal(
                Reason.CONFLICT, "Apply failed with " + count + ": " + each, ApiRefusal.Detail.causes(conflicts));
    }

    /** Entries tell seconds; an apply in the same one as the last is known by the next, or it would pass for an update. */
    private static Instant later(Map<String, Object> entry, Instant now) {
        Instant next = Tree.text(entry, "time")
                .map(Instant::parse)
                .orElse(Instant.EPOCH)
                .plusSeconds(1);
        return next.isAfter(now) ? next : now;
    }

    /** What of the config is laid over the live object; its identity is the live one's. */
    private static Map<String, Object> ownable(Map<String, Object> config) {
        Map<String, Object> content = new LinkedHashMap<>(config);
        content.remove("status");
        Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(config, "metadata"));
        metadata.keySet()
                .retainAll(List.of("labels", "annotations", "finalizers", "ownerReferences", "resourceVersion", "uid"));
        content.put("metadata", metadata);
        return content;
    }

    private static Object laid(@Nullable Object live, Object config, String field) {
        if (config instanceof Map<?, ?> map) {
            Map<String, Object> merged = new LinkedHashMap<>(map(live));
            map.forEach((key, value) -> {
                if (value != null) {
                    merged.put(String.valueOf(key), laid(merged.get(String.valueOf(key)), value, String.valueOf(key)));
                }
            });
            return merged;
        }
        if (config instanceof List<?> items && live instanceof List<?> there) {
            return MergeKeys.of(field, items)
                    .<Object>map(keys -> items(there, items, keys))
                    .orElse(config);
        }
        return config;
    }

    private static List<Object> items(List<?> live, List<?> config, List<String> keys) {
        Map<String, Object> merged = new LinkedHashMap<>();
        live.forEach(item -> merged.put(MergeKeys.identity(map(item), keys), item));
        config.forEach(item -> merged.merge(MergeKeys.identity(map(item), keys), item, (a, b) -> laid(a, b, "")));
        return new ArrayList<>(merged.values());
    }

    /** The object without the fields of that set. */
    private static Map<String, Object> cut(Map<String, Object> object, Map<String, Object> fields) {
        return fields.isEmpty() ? object : map(cutValue(object, fields));
    }

    private static Object cutValue(Object value, Map<String, Object> fields) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> left = new LinkedHashMap<>(map(map));
            fields.forEach((key, below) -> {
                String name = key.startsWith("f:") ? key.substring(2) : key;
                Object child = left.get(name);
                if (child != null && map(below).isEmpty()) {
                    left.remove(name);
                } else if (child != null) {
                    left.put(name, cutValue(child, map(below)));
                }
            });
            return left;
        }
        if (value instanceof List<?> list) {
            List<Object> left = new ArrayList<>(list);
            fields.forEach((key, below) -> {
                if (key.startsWith("k:") || key.startsWith("v:")) {
                    boolean whole = map(below).isEmpty() || map(below).containsKey(".");
                    left.replaceAll(item -> item instanceof Map<?, ?> && isItem(item, key)
                            ? whole ? Map.of() : cutValue(item, map(below))
                            : item);
                    left.removeIf(item -> item instanceof Map<?, ?> m ? m.isEmpty() : isItem(item, key));
                }
            });
            return left;
        }
        return value;
    }

    private static boolean isItem(Object item, String key) {
        return FieldSet.has(List.of(item), key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return Objects.requireNonNullElse(value, Map.of()) instanceof Map<?, ?> map
                ? (Map<String, Object>) map
                : Map.of();
    }
}
