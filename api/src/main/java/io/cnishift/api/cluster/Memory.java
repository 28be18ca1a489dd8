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

    private final Map<String, Map<Object, Object>> byNamespace = new HashMap<>();
    private final Map<String, Map<Object, Object>> byNode = new HashMap<>();
    private final Map<Object, Kept> byKey = new HashMap<>();
    private final Map<Part, Long> changedAt = new EnumMap<>(Part.class);
    private long changes;

    /** A value, and after how many changes it was worked out. */
    private record Kept(Object value, long at) {}

    /** See {@link View#remembered}. */
    <T> T of(String namespace, Object key, Supplier<T> work) {
        return kept(byNamespace.computeIfAbsent(namespace, n -> new HashMap<>()), key, work);
    }

    /** See {@link View#unlessPodsChanged}. */
    <T> T on(String node, Object key, Supplier<T> work) {
        return kept(byNode.computeIfAbsent(node, n -> new HashMap<>()), key, work);
    }

    @SuppressWarnings("unchecked")
    private static <T> T kept(Map<Object, Object> here, Object key, Supplier<T> work) {
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
        @Nullable Resource either = now == null ? before : now;
        switch (part) {
            case PODS -> {
                if (!sameForOthers((Pod) before, (Pod) now)) {
                    byNamespace.remove(((Pod) Objects.requireNonNull(either)).namespace());
                }
                forgetNode((Pod) before);
                forgetNode((Pod) now);
            }
            case WORKLOADS -> {
                if (!sameForOthers((Workload) before, (Workload) now)) {
                    byNamespace.remove(((Workload) Objects.requireNonNull(either)).namespace());
                }
            }
            case SERVICES -> byNamespace.remove(((Service) Objects.requireNonNull(either)).namespace());
            case BUDGETS -> byNamespace.remove(((Budget) Objects.requireNonNull(either)).namespace());
            default -> {
                // nothing of a namespace is worked out from it
            }
        }
    }

    private void forgetNode(@Nullable Pod pod) {
        if (pod != null && pod.node().isPresent()) {
            byNode.remove(pod.node().get());
        }
    }

    /** Whether what {@link MinReady} counts of a pod is as it was; most changes of it are steps on its way to being ready. */
    private static boolean sameForOthers(@Nullable Pod before, @Nullable Pod now) {
        return before != null
                && now != null
                && before.finished() == now.finished()
                && before.controller().equals(now.controller())
                && before.labels().equals(now.labels());
    }

    /** The same of a workload, whose numbers of pods change with every one of them. */
    private static boolean sameForOthers(@Nullable Workload before, @Nullable Workload now) {
        return before != null
                && now != null
                && before.desired() == now.desired()
                && before.updateStrategy().equals(now.updateStrategy())
                && before.maxUnavailable().equals(now.maxUnavailable())
                && before.maxSurge().equals(now.maxSurge());
    }
}
