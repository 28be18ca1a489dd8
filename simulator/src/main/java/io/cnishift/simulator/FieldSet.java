package io.cnishift.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets of fields of an object, as FieldsV1 trees: {@code f:NAME} for a field, {@code k:{...}} for an item of a list that has
 * keys, {@code v:VALUE} for an item of a set; a leaf stands for all below it. Pure.
 *
 * <p>Source: structured-merge-diff, as server-side apply documents it.
 */
public final class FieldSet {
    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");
    private static final List<String> NOT_OWNED = List.of("apiVersion", "kind", "metadata", "status");

    private FieldSet() {}

    /** Every field of an object that can have an owner. */
    public static Map<String, Object> of(Map<String, ?> object) {
        return changed(Map.of(), object);
    }

    /** The fields of the object after a change that were not so before it. */
    public static Map<String, Object> changed(Map<String, ?> before, Map<String, ?> after) {
        return fields(ownable(before), ownable(after));
    }

    /** What of an object can have an owner: not its identity, not its status. */
    static Map<String, Object> ownable(Map<String, ?> object) {
        Map<String, Object> ownable = new LinkedHashMap<>();
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (object.get("metadata") instanceof Map<?, ?> all) {
            METADATA.stream()
                    .filter(all::containsKey)
                    .forEach(k -> metadata.put(k, Objects.requireNonNull(all.get(k))));
        }
        if (!metadata.isEmpty()) {
            ownable.put("metadata", metadata);
        }
        object.forEach((key, value) -> {
            if (!NOT_OWNED.contains(key)) {
                ownable.put(key, value);
            }
        });
        return ownable;
    }

    private static Map<String, Object> fields(Map<?, ?> before, Map<?, ?> after) {
        Map<String, Object> set = new LinkedHashMap<>();
        after.forEach((key, now) -> {
            @Nullable Object was = before.get(key);
            if (!Objects.equals(was, now) && now != null) {
                set.put("f:" + key, below(String.valueOf(key), was, now));
            }
        });
        return set;
    }

    private static Map<String, Object> below(String field, @Nullable Object was, Object now) {
        if (now instanceof Map<?, ?> map) {
            return fields(was instanceof Map<?, ?> old ? old : Map.of(), map);
        }
        if (now instanceof List<?> list) {
            List<?> old = was instanceof List<?> l ? l : List.of();
            if (field.equals("finalizers")) {
                Map<String, Object> values = new LinkedHashMap<>();
                list.stream().filter(v -> !old.contains(v)).forEach(v -> values.put("v:\"" + v + "\"", Map.of()));
                return values;
            }
            return MergeKeys.of(field, list).map(keys -> items(keys, old, list)).orElse(Map.of());
        }
        return Map.of();
    }

    private static Map<String, Object> items(List<String> keys, List<?> before, List<?> after) {
        Map<String, Map<?, ?>> old = byIdentity(keys, before);
        Map<String, Object> set = new LinkedHashMap<>();
        byIdentity(keys, after).forEach((identity, item) -> {
            Map<?, ?> was = old.get(identity);
            if (!item.equals(was)) {
                Map<String, Object> fields = new LinkedHashMap<>();
                if (was == null) {
                    fields.put(".", Map.of());
                }
                fields.putAll(fields(was == null ? Map.of() : was, item));
                set.put("k:" + identity, fields);
            }
        });
        return set;
    }

    static Map<String, Map<?, ?>> byIdentity(List<String> keys, List<?> items) {
        Map<String, Map<?, ?>> byIdentity = new LinkedHashMap<>();
        for (Object item : items) {
            if (item instanceof Map<?, ?> map) {
                byIdentity.put(MergeKeys.identity(map, keys), map);
            }
        }
        return byIdentity;
    }

    /** Both sets together. */
    public static Map<String, Object> union(Map<String, ?> one, Map<String, ?> other) {
        Map<String, Object> union = new LinkedHashMap<>(one);
        other.forEach((key, value) -> union.merge(key, value, (a, b) -> union(map(a), map(b))));
        return union;
    }

    /** The first set without the leaves that the second has or covers. */
    public static Map<String, Object> minus(Map<String, ?> set, Map<String, ?> taken) {
        Map<String, Object> left = new LinkedHashMap<>();
        set.forEach((key, value) -> {
            Object gone = taken.get(key);
            if (gone == null) {
                left.put(key, value);
            } else if (!map(gone).isEmpty() && !map(value).isEmpty()) {
                Map<String, Object> rest = minus(map(value), map(gone));
                if (!rest.isEmpty()) {
                    left.put(key, rest);
                }
            } else if (!map(gone).isEmpty()) {
                left.put(key, value);
            }
        });
        return left;
    }

    /**
     * The fields that both sets have and whose value differs between the two objects, as paths with dots: where an apply
     * would take a field from its owner.
     */
    public static List<String> conflicts(
            Map<String, ?> wanted, Map<String, ?> owned, Map<String, ?> config, Map<String, ?> live) {
        List<String> paths = new ArrayList<>();
        collect(wanted, owned, config, live, "", paths);
        return paths;
    }

    private static void collect(
            Map<String, ?> wanted,
            Map<String, ?> owned,
            @Nullable Object config,
            @Nullable Object live,
            String path,
            List<String> paths) {
        wanted.forEach((key, below) -> {
            Object owner = owned.get(key);
            if (owner == null || key.equals(".")) {
                return;
            }
            @Nullable Object want = step(config, key);
            @Nullable Object have = step(live, key);
            if (Objects.equals(want, have)) {
                return;
            }
            String here = path + (key.startsWith("f:") ? "." + key.substring(2) : "[" + key.substring(2) + "]");
            if (map(below).isEmpty() || map(owner).isEmpty()) {
                paths.add(here);
            } else {
                collect(map(below), map(owner), want, have, here, paths);
            }
        });
    }

    /** Whether an item of that key ({@code k:{...}} or {@code v:...}) is in the list. */
    public static boolean has(List<?> items, String key) {
        return step(items, key) != null;
    }

    /** What stands at one step of a path; null when nothing does. */
    static @Nullable Object step(@Nullable Object value, String key) {
        if (key.startsWith("f:")) {
            return value instanceof Map<?, ?> map ? map.get(key.substring(2)) : null;
        }
        if (!(value instanceof List<?> list)) {
            return null;
        }
        String identity = key.substring(2);
        return list.stream()
                .filter(item -> matches(item, key.charAt(0), identity))
                .findFirst()
                .<@Nullable Object>map(item -> item)
                .orElse(null);
    }

    private static boolean matches(Object item, char sort, String identity) {
        if (sort == 'v') {
            return identity.equals("\"" + item + "\"");
        }
        return item instanceof Map<?, ?> map
                && keysIn(identity).map(keys -> MergeKeys.identity(map, keys)).equals(Optional.of(identity));
    }

    private static Optional<List<String>> keysIn(String identity) {
        List<String> keys = new ArrayList<>();
        for (String pair : identity.substring(1, identity.length() - 1).split(",(?=\")", -1)) {
            int end = pair.indexOf('"', 1);
            if (end < 0) {
                return Optional.empty();
            }
            keys.add(pair.substring(1, end));
        }
        return Optional.of(keys);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
