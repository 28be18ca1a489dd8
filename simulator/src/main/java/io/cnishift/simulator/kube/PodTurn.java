package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectStore;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a write may turn of a pod. Most are the kubelet's, on the way to ready, and of no concern to most who look after pods. */
public enum PodTurn {
    /** It was created. */
    CAME(0),
    /** It is gone. */
    WENT(1),
    /** It was bound to a node. */
    BOUND(2),
    ADDRESSED(3),
    READY(4),
    PHASE(5),
    TERMINATING(6),
    LABELS(7),
    CONTROLLER(8),
    /** The states of its containers. */
    CONTAINERS(9),
    CONDITIONS(10);

    /** What whoever controls a pod acts on. */
    public static final Set<PodTurn> OF_CONTROLLERS =
            EnumSet.of(CAME, WENT, READY, PHASE, TERMINATING, LABELS, CONTROLLER);

    private final int bit;

    PodTurn(int place) {
        bit = 1 << place;
    }

    /** Hears of changes of pods that turn any of this, after those who asked before. */
    public static void listen(ObjectStore store, Set<PodTurn> concern, ObjectStore.Listener listener) {
        int bits = 0;
        for (PodTurn turn : concern) {
            bits |= turn.bit;
        }
        store.listen("Pod", PodTurn::of, bits, listener);
    }

    /** Whether it is among these bits. */
    boolean in(int bits) {
        return (bits & bit) != 0;
    }

    private int when(boolean turned) {
        return turned ? bit : 0;
    }

    static int of(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return CAME.when(before.isEmpty()) | WENT.when(after.isEmpty());
        }
        return of(before.get(), after.get());
    }

    private static int of(Map<String, Object> was, Map<String, Object> is) {
        return BOUND.when(!Pods.node(was).equals(Pods.node(is)))
                | ADDRESSED.when(!Pods.address(was).equals(Pods.address(is)))
                | READY.when(Pods.ready(was) != Pods.ready(is))
                | PHASE.when(!Pods.phase(was).equals(Pods.phase(is)))
                | TERMINATING.when(Pods.terminating(was) != Pods.terminating(is))
                | LABELS.when(differ(was, is, "metadata", "labels"))
                | CONTROLLER.when(!Pods.controller(was).equals(Pods.controller(is)))
                | CONTAINERS.when(differ(was, is, "status", "containerStatuses"))
                | CONDITIONS.when(differ(was, is, "status", "conditions"));
    }

    private static boolean differ(Map<String, Object> was, Map<String, Object> is, String part, String field) {
        Object before = Tree.map(was, part).get(field);
        Object after = Tree.map(is, part).get(field);
        return before != after && !Objects.equals(before, after);
    }
}
