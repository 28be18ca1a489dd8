package io.cnishift.api.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out from Services, budgets, workloads and the pods that these have, each kept until something changes that it
 * was worked out from. Where pods are and whether they are ready is nothing that a value may be worked out from, for that
 * changes all the time.
 */
final class Derived {

    private final Map<Object, Object> values = new HashMap<>();
    private final Map<String, Set<Object>> from = new HashMap<>();

    /** Takes down what one value is worked out from. */
    final class Sources {
        private final Object value;

        private Sources(Object value) {
            this.value = value;
        }

        /** The Service and the pods that it selects. */
        void service(Service service) {
            note("service " + service.key());
        }

        /** The budget and the pods that it selects. */
        void budget(Budget budget) {
            note("budget " + budget.key());
        }

        /** Which budgets there are in the namespace, and which pods they select. */
        void budgetsOf(String namespace) {
            note("budgets of " + namespace);
        }

        /** What the workload wants, and how it is updated; that it is there. */
        void workload(String key) {
            note("workload " + key);
        }

        private void note(String what) {
            from.computeIfAbsent(what, w -> new HashSet<>()).add(value);
        }
    }

    /** The value as it was worked out, if it was. */
    <T> @Nullable T known(Object key, Class<T> type) {
        @Nullable Object value = values.get(key);
        return value == null ? null : type.cast(value);
    }

    /** The value as it was worked out, or worked out now. */
    @SuppressWarnings("unchecked")
    <T> T of(Object key, Function<Sources, T> work) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            value = work.apply(new Sources(key));
            values.put(key, Objects.requireNonNull(value));
        }
        return (T) value;
    }

    /** A Service came, changed or went, or a pod that it selects. */
    void changed(Service service) {
        forget("service " + service.key());
    }

    /** A pod that the budget selects came, changed or went. */
    void changed(Budget budget) {
        forget("budget " + budget.key());
    }

    /** A budget came, changed or went. */
    void changed(@Nullable Budget before, @Nullable Budget now) {
        Budget either = now == null ? Objects.requireNonNull(before) : now;
        if (before == null || now == null || !before.selector().equals(now.selector())) {
            forget("budgets of " + either.namespace());
        } else if (!same(before, now)) {
            changed(now);
        }
    }

    /** A workload came, changed or went. */
    void changed(@Nullable Workload before, @Nullable Workload now) {
        if (before == null || now == null || !same(before, now)) {
            forget("workload " + (now == null ? Objects.requireNonNull(before) : now).key());
        }
    }

    private void forget(String what) {
        Set<Object> gone = from.remove(what);
        if (gone != null) {
            values.keySet().removeAll(gone);
        }
    }

    /** Whether a pod is the same to those who select it; most changes of it are steps on its way to being ready. */
    static boolean same(@Nullable Pod before, @Nullable Pod now) {
        return before != null
                && now != null
                && before.finished() == now.finished()
                && before.controller().equals(now.controller())
                && before.labels().equals(now.labels());
    }

    /** The numbers of a budget but those that go up and down with every pod. */
    private static boolean same(Budget before, Budget now) {
        return before.expectedPods() == now.expectedPods()
                && before.desiredHealthy() == now.desiredHealthy()
                && before.minAvailable().equals(now.minAvailable())
                && before.maxUnavailable().equals(now.maxUnavailable());
    }

    /** A workload but its numbers of pods, which change with every one of them. */
    private static boolean same(Workload before, Workload now) {
        return before.desired() == now.desired()
                && before.updateStrategy().equals(now.updateStrategy())
                && before.maxUnavailable().equals(now.maxUnavailable())
                && before.maxSurge().equals(now.maxSurge());
    }
}
