package io.cnishift.simulator.kube.control;

import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.Pods;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods under one budget, counted as they change. */
final class BudgetPods {

    private final Map<ObjectKey, Standing> pods = new HashMap<>();
    private final Map<String, Controlled> byController = new HashMap<>();
    private int healthy;

    /** How a pod stands. */
    private record Standing(boolean ready, boolean terminating, String controller) {
        private static Standing of(Map<String, Object> pod) {
            List<String> controller = Pods.controllerUid(pod);
            return new Standing(Pods.ready(pod), Pods.terminating(pod), controller.isEmpty() ? "" : controller.get(0));
        }

        private boolean healthy() {
            return ready && !terminating;
        }
    }

    /** How many pods one object controls, and one of them. */
    private record Controlled(int count, Map<String, Object> pod) {}

    void put(Map<String, Object> pod) {
        remove(Pods.key(pod));
        Standing now = Standing.of(pod);
        pods.put(Pods.key(pod), now);
        healthy += now.healthy() ? 1 : 0;
        Controlled others = byController.get(now.controller());
        byController.put(now.controller(), new Controlled(others == null ? 1 : others.count() + 1, pod));
    }

    void remove(ObjectKey pod) {
        Standing gone = pods.remove(pod);
        if (gone == null) {
            return;
        }
        healthy -= gone.healthy() ? 1 : 0;
        Controlled all = byController.get(gone.controller());
        if (all == null || all.count() == 1) {
            byController.remove(gone.controller());
        } else {
            byController.put(gone.controller(), new Controlled(all.count() - 1, all.pod()));
        }
    }

    int size() {
        return pods.size();
    }

    /** How many of them are ready and not ending, without those of these names. */
    long healthy(String namespace, Collection<String> without) {
        long count = healthy;
        for (String name : without) {
            Standing pod = standing(namespace, name);
            count -= pod != null && pod.healthy() ? 1 : 0;
        }
        return count;
    }

    /** Whether the pod of that name is one of them, and not ending. */
    boolean stays(String namespace, String name) {
        Standing pod = standing(namespace, name);
        return pod != null && !pod.terminating();
    }

    /** One pod of each controller, and one of those that have none. */
    List<Map<String, Object>> ofEachController() {
        return byController.values().stream().map(Controlled::pod).toList();
    }

    private @Nullable Standing standing(String namespace, String name) {
        return pods.get(new ObjectKey("Pod", namespace, name));
    }
}
