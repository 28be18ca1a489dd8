package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Helm values document: nested maps with text keys, immutable, keys in alphabetical order on every level.
 *
 * <p>Paths are dotted, as in {@code helm --set}. Some maps have keys that contain dots themselves (annotations, labels,
 * node selectors, {@code extraConfig}). Below such a map the rest of a path is one key, so
 * {@code nodeSelector.kubernetes.io/os} means what it looks like, and {@link #leaves()} reports the whole map as one leaf.
 *
 * <p>Whole numbers are held as {@code Integer}, or as {@code Long} when they do not fit; two documents read by different
 * parsers are therefore equal. A key may hold nothing ({@code null}); Helm then drops the chart's default, which
 * {@link ValueCheck} refuses because it is nearly always a mistake in the file.
 */
public final class Values {

    private static final Values EMPTY = new Values(new TreeMap<>());

    private final SortedMap<String, @Nullable Object> root;

    private Values(SortedMap<String, @Nullable Object> root) {
        this.root = Collections.unmodifiableSortedMap(root);
    }

    /** The document without a key. */
    public static Values empty() {
        return EMPTY;
    }

    /**
     * Copies a nested map.
     *
     * @throws IllegalArgumentException when a key is not text, or a value is neither a map, a list, text, a number, a
     *     boolean nor null
     */
    public static Values of(Map<String, ? extends @Nullable Object> map) {
        return new Values(copyMap(map, ""));
    }

    /** The nested maps, unmodifiable, keys in order. */
    public Map<String, @Nullable Object> toMap() {
        return root;
    }

    /** Whether there is no key at all. */
    public boolean isEmpty() {
        return root.isEmpty();
    }

    /** What stands at the path, a subtree as a map; empty when the path is absent or holds nothing. */
    public Optional<Object> get(String path) {
        Map<String, @Nullable Object> map = root;
        List<String> keys = ValuePath.split(path);
        for (String key : keys.subList(0, keys.size() - 1)) {
            if (!(map.get(key) instanceof Map<?, ?> child)) {
                return Optional.empty();
            }
            map = asMap(child);
        }
        return Optional.ofNullable(map.get(keys.get(keys.size() - 1)));
    }

    /** What stands at the path as text, the way the chart's templates print it. */
    public Optional<String> text(String path) {
        return get(path).map(String::valueOf);
    }

    /** Whether the path holds the boolean {@code true}, or text that says so. */
    public boolean isTrue(String path) {
        return text(path).filter("true"::equals).isPresent();
    }

    /** This document with one path set; maps on the way are made, and anything else on the way is replaced by a map. */
    public Values with(String path, Object value) {
        Objects.requireNonNull(value, path);
        return merge(new Values(nest(ValuePath.split(path), copy(value, path))));
    }

    /** This document without the path; a map that becomes empty by that goes too. */
    public Values without(String path) {
        return new Values(remove(root, ValuePath.split(path)));
    }

    /** This document with another laid over it, as Helm does: maps are merged, everything else is replaced. */
    public Values merge(Values over) {
        return new Values(mergeMaps(root, over.root));
    }

    /**
     * Dotted path to value for every leaf. A list, an empty map and a map with free keys is one leaf.
     */
    public SortedMap<String, @Nullable Object> leaves() {
        SortedMap<String, @Nullable Object> leaves = new TreeMap<>();
        flatten("", root, leaves);
        return Collections.unmodifiableSortedMap(leaves);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Values values && root.equals(values.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private static void flatten(
            String prefix, Map<String, @Nullable Object> map, SortedMap<String, @Nullable Object> leaves) {
        map.forEach((key, value) -> {
            String path = prefix.isEmpty() ? key : prefix + "." + key;
            if (value instanceof Map<?, ?> child && !child.isEmpty() && !ValuePath.hasFreeKeys(path)) {
                flatten(path, asMap(child), leaves);
            } else {
                leaves.put(path, value);
            }
        });
    }

    private static SortedMap<String, @Nullable Object> nest(List<String> keys, @Nullable Object value) {
        SortedMap<String, @Nullable Object> map = new TreeMap<>();
        map.put(keys.get(0), keys.size() == 1 ? value : unmodifiable(nest(keys.subList(1, keys.size()), value)));
        return map;
    }

    private static SortedMap<String, @Nullable Object> remove(Map<String, @Nullable Object> map, List<String> keys) {
        SortedMap<String, @Nullable Object> rest = new TreeMap<>(map);
        String key = keys.get(0);
        if (keys.size() == 1) {
            rest.remove(key);
        } else if (map.get(key) instanceof Map<?, ?> child) {
            SortedMap<String, @Nullable Object> left = remove(asMap(child), keys.subList(1, keys.size()));
            if (left.isEmpty()) {
                rest.remove(key);
            } else {
                rest.put(key, unmodifiable(left));
            }
        }
        return rest;
    }

    private static SortedMap<String, @Nullable Object> mergeMaps(
            Map<String, @Nullable Object> under, Map<String, @Nullable Object> over) {
        SortedMap<String, @Nullable Object> merged = new TreeMap<>(under);
        over.forEach((key, value) -> {
            if (value instanceof Map<?, ?> child && under.get(key) instanceof Map<?, ?> base) {
                merged.put(key, unmodifiable(mergeMaps(asMap(base), asMap(child))));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static SortedMap<String, @Nullable Object> copyMap(Map<?, ? extends @Nullable Object> map, String path) {
        SortedMap<String, @Nullable Object> copy = new TreeMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("values: a key below '" + path + "' is not text: " + key);
            }
            copy.put(name, copy(value, path.isEmpty() ? name : path + "." + name));
        });
        return copy;
    }

    private static @Nullable Object copy(@Nullable Object value, String path) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return unmodifiable(copyMap(map, path));
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(copy(item, path + "[]")));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw new IllegalArgumentException("values: '" + path + "' holds a "
                + value.getClass().getSimpleName() + "; only maps, lists, text, numbers and booleans can be written");
    }

    private static Number number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        long whole = number.longValue();
        if (number.doubleValue() != (double) whole) {
            return number.doubleValue();
        }
        return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }

    private static SortedMap<String, @Nullable Object> unmodifiable(SortedMap<String, @Nullable Object> map) {
        return Collections.unmodifiableSortedMap(map);
    }

    /** Every map in here was made by {@link #copyMap}, so its keys are text. */
    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
