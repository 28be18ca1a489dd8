package io.cnishift.api.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was worked out from a view, kept until something changes that it was worked out from. */
final class Memory {

    private final Map<String, Map<Object, Object>> byNode = new HashMap<>();
    private final Map<String, Map<Object, Object>> byGroup = new HashMap<>();
    private final Map<Object, Kept> byKey = new HashMap<>();
    private final long[] changedAt = new long[Part.values().length];
    private final View view;
    private long changes;

    /** A value, and after how many changes it was worked out. */
    private record Kept(Object value, long at) {}

    Memory(View view) {
        this.view = view;
    }

    /** See {@link View#unlessPodsChanged}. */
    <T> T onNode(String node, Object key, Supplier<T> work) {
        return at(byNode, node, key, work);
    }

    /** See {@link View#unlessGroupChanged}. */
    <T> T ofGroup(String group, Object key, Supplier<T> work) {
        return at(byGroup, group, key, work);
    }

    @SuppressWarnings("unchecked")
    private static <T> T at(Map<String, Map<Object, Object>> places, String place, Object key, Supplier<T> work) {
        Map<Object, Object> here = places.computeIfAbsent(place, p -> new HashMap<>());
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
            if (changedAt[part.ordinal()] > mark) {
                return true;
            }
        }
        return false;
    }

    /** A resource came, changed or went. */
    void changed(Part part, @Nullable Resource before, @Nullable Resource now) {
        changedAt[part.ordinal()] = ++changes;
        switch (part) {
            case PODS -> {
                forgetPod((Pod) before);
                forgetPod((Pod) now);
            }
            case SERVICES -> {
                if (before == null || now == null || !((Service) before).selector().equals(((Service) now).selector())) {
                    byNode.clear();
                }
            }
            case BUDGETS -> {
                if (before == null || now == null || !((Budget) before).selector().equals(((Budget) now).selector())) {
                    byNode.clear();
                }
            }
            case WORKLOADS -> {
                if (before == null || now == null) {
                    byNode.clear();
                }
            }
            case INSTANCES -> {
                forgetMachine((Instance) before);
                forgetMachine((Instance) now);
            }
            case NODES -> {
                forgetMachine((Node) before);
                forgetMachine((Node) now);
            }
            case CILIUM_NODES ->
                forgetMachine(
                        view.node(Objects.requireNonNull(now == null ? before : now).key())
                                .orElse(null));
            default -> {
                // nothing of it is in what a node or a group is asked for
            }
        }
    }

    private void forgetPod(@Nullable Pod pod) {
        if (pod != null && pod.node().isPresent()) {
            byNode.remove(pod.node().get());
        }
    }

    private void forgetMachine(@Nullable Instance instance) {
        if (instance != null && instance.nodeGroup().isPresent()) {
            byGroup.remove(instance.nodeGroup().get());
        }
    }

    /** A node whose instance is not known is seen in no group, and its instance will be a change of its own. */
    private void forgetMachine(@Nullable Node node) {
        if (node != null) {
            view.instanceOf(node).flatMap(Instance::nodeGroup).ifPresent(byGroup::remove);
        }
    }
}
