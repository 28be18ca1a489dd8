package io.cnishift.api.cluster;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was worked out from a view, kept until something changes that it was worked out from. */
final class Memory {

    private final Map<String, Map<Object, Object>> byNode = new HashMap<>();
    private final Map<Object, Kept> byKey = new HashMap<>();
    private final Map<Part, Long> changedAt = new EnumMap<>(Part.class);
    private long changes;

    /** A value, and after how many changes it was worked out. */
    private record Kept(Object value, long at) {}

    /** See {@link View#unlessPodsChanged}. */
    @SuppressWarnings("unchecked")
    <T> T on(String node, Object key, Supplier<T> work) {
        Map<Object, Object> here = byNode.computeIfAbsent(node, n -> new HashMap<>());
        @Nullable Object value = here.get(key);
        if (value == null) {
            value = work.get();
            here.put(key, Objects.requireNonNull(value));
        }
        return (T) value;
    }

    /** See {@link View#unlessChanged}. */
    @SuppressWarnings("unchecked")
    <T> T of(Set<Part> parts, Object key, Supplier<T> work) {
        Kept known = byKey.get(key);
        if (known == null || changedSince(parts, known.at())) {
            known = new Kept(work.get(), changes);
            byKey.put(key, known);
        }
        return (T) known.value();
    }

    private boolean changedSince(Set<Part> parts, long mark) {
        for (Part part : parts) {
            if (changedAt.getOrDefault(part, 0L) > mark) {
                return true;
            }
        }
        return false;
    }

    /** A resource came, changed or went. */
    void changed(Part part, @Nullable Resource before, @Nullable Resource now) {
        changedAt.put(part, ++changes);
        if (part == Part.PODS) {
            forgetNode((Pod) before);
            forgetNode((Pod) now);
        }
    }

    private void forgetNode(@Nullable Pod pod) {
        if (pod != null && pod.node().isPresent()) {
            byNode.remove(pod.node().get());
        }
    }
}
