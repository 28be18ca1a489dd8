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

    private final Map<String, Map<Remembered<?>, Object>> byNode = new HashMap<>();
    private final Map<String, Map<Remembered<?>, Object>> byGroup = new HashMap<>();
    private final Map<Object, Kept> byKey = new HashMap<>();
    private final Map<Part, Long> changedAt = new EnumMap<>(Part.class);
    private final View view;
    private long changes;

    /** A value, and after how many changes it was worked out. */
    private record Kept(Object value, long at) {}

    Memory(View view) {
        this.view = view;
    }

    /** See {@link View#unlessPodsChanged}. */
    <T> T onNode(String node, Remembered<T> question) {
        return at(byNode, node, question);
    }

    /** See {@link View#unlessGroupChanged}. */
    <T> T ofGroup(String group, Remembered<T> question) {
        return at(byGroup, group, question);
    }

    /** Asked for so often that a function for what is seldom worked out would cost more than the look-up. */
    @SuppressWarnings("unchecked")
    private <T> T at(Map<String, Map<Remembered<?>, Object>> places, String place, Remembered<T> question) {
        Map<Remembered<?>, Object> here = places.get(place);
        @Nullable Object value = here == null ? null : here.get(question);
        if (value == null) {
            value = Objects.requireNonNull(question.workedOut(view, place));
            places.computeIfAbsent(place, p -> new HashMap<>()).put(question, value);
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
        switch (part) {
            case PODS -> {
                forgetPod((Pod) before);
                forgetPod((Pod) now);
            }
            case SERVICES -> {
                if (before == null
                        || now == null
                        || !((Service) before).selector().equals(((Service) now).selector())) {
                    byNode.clear();
                }
            }
            case BUDGETS -> {
                if (before == null
                        || now == null
                        || !((Budget) before).selector().equals(((Budget) now).selector())) {
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
                forgetMachine(view.node(Objects.requireNonNull(now == null ? before : now)
                                .key())
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
