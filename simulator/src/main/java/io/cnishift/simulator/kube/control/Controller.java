package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Owners;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The tools of one controller in one world: its store, its queue, its name as a field manager. */
final class Controller {
    static final String MANAGER = "kube-controller-manager";
    /** Watch latency and client-side rate limits together, as a change takes to be acted on. */
    static final Duration LAG = Duration.ofMillis(200);

    private final Kernel kernel;
    private final WorkQueue queue;
    /** Whose status is being written. */
    private @Nullable ObjectKey writing;

    Controller(Kernel kernel, WorkQueue queue) {
        this.kernel = kernel;
        this.queue = queue;
    }

    /** A behaviour whose work is done object by object of a kind. */
    interface Loop {
        /** Brings one object that exists closer to what it should be. */
        void look(Controller tools, Map<String, Object> object);
    }

    /** Looks at every object of the kind now, after each change of it, and after changes of pods that one controls. */
    static Controller start(Behaviour behaviour, Kernel kernel, String kind, Loop loop) {
        Controller[] self = new Controller[1];
        WorkQueue queue = new WorkQueue(kernel.clock(), LAG, key -> {
            Optional<Map<String, Object>> object = kernel.objects().get(key);
            if (object.isPresent()) {
                loop.look(Objects.requireNonNull(self[0], behaviour.id()), object.get());
            }
        });
        Controller tools = new Controller(kernel, queue);
        self[0] = tools;
        kernel.objects().list(kind).forEach(o -> queue.add(Pods.key(o)));
        kernel.objects().listen(kind, (before, after) -> after.ifPresent(tools::changed));
        return tools;
    }

    /** An object of the controller's own kind changed. */
    void changed(Map<String, Object> object) {
        ObjectKey key = Pods.key(object);
        if (key.equals(writing)) {
            queue.addSeen(key);
        } else {
            queue.add(key);
        }
    }

    /** Looks at the controlling object after each change of an object of that kind which it controls. */
    Controller owns(String ownedKind, String kind) {
        ObjectStore.Listener listener = (before, after) -> {
            Map<String, Object> owned = after.isPresent() ? after.get() : before.orElseThrow();
            Optional<ObjectKey> controller = Owners.key(owned);
            if (controller.isPresent() && controller.get().kind().equals(kind)) {
                queue.add(controller.get());
            }
        };
        if (ownedKind.equals("Pod")) {
            PodTurn.listen(store(), PodTurn.OF_CONTROLLERS, listener);
        } else {
            store().listen(ownedKind, listener);
        }
        return this;
    }

    ObjectStore store() {
        return kernel.objects();
    }

    Kernel kernel() {
        return kernel;
    }

    Instant now() {
        return kernel.clock().now();
    }

    WorkQueue queue() {
        return queue;
    }

    List<Map<String, Object>> pods(Map<String, Object> controller) {
        return PodIndexes.of(kernel).controlledBy(Pods.uid(controller));
    }

    void create(Map<String, Object> object) {
        store().create(object, MANAGER);
    }

    void delete(Map<String, Object> object) {
        store().delete(Pods.key(object), MANAGER, Optional.of(Pods.uid(object)), OptionalLong.empty());
    }

    /**
     * Sets fields of the status of the object that is looked at, in turn key and value; null takes a field away. Nothing is
     * written when all are so.
     */
    void status(Map<String, Object> object, @Nullable Object... keysAndValues) {
        ObjectKey key = Pods.key(object);
        if (holds(Tree.map(store().get(key).orElse(Map.of()), "status"), keysAndValues)) {
            return;
        }
        writing = key;
        try {
            store().status(key, MANAGER, status -> with(status, keysAndValues));
        } finally {
            writing = null;
        }
    }

    /** Whether a status that is not empty is so already. */
    private static boolean holds(Map<String, Object> status, @Nullable Object... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!same(keysAndValues[i + 1], status.get(Objects.requireNonNull(keysAndValues[i], "key")))) {
                return false;
            }
        }
        return !status.isEmpty();
    }

    private static Map<String, Object> with(Map<String, Object> status, @Nullable Object... keysAndValues) {
        Map<String, Object> changed = status;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String key = (String) Objects.requireNonNull(keysAndValues[i], "key");
            Object value = keysAndValues[i + 1];
            if (same(value, changed.get(key))) {
                continue;
            }
            changed = value == null ? Trees.without(changed, key) : Trees.with(changed, value, key);
        }
        return changed;
    }

    private static boolean same(@Nullable Object wanted, @Nullable Object there) {
        if (wanted instanceof Number a && there instanceof Number b) {
            return a.longValue() == b.longValue();
        }
        return Objects.equals(wanted, there);
    }

    /** Sets the replicas of a set. */
    void scale(Map<String, Object> set, long replicas) {
        ObjectKey key = Pods.key(set);
        store().update(
                        key.kind(),
                        key.namespace(),
                        key.name(),
                        MANAGER,
                        s -> Trees.with(s, replicas, "spec", "replicas"));
    }

    /**
     * Whether a pod has been ready for that long. One that is ready but not yet so long has its controller looked at again
     * when it will have been.
     */
    boolean available(Map<String, Object> pod, long minReadySeconds, ObjectKey controller) {
        if (!Pods.ready(pod)) {
            return false;
        }
        if (minReadySeconds <= 0) {
            return true;
        }
        Instant since = Pods.readySince(pod).orElse(Instant.EPOCH);
        Duration left = Duration.between(now(), since.plusSeconds(minReadySeconds));
        if (left.isNegative() || left.isZero()) {
            return true;
        }
        queue.addAfter(controller, left);
        return false;
    }
}
