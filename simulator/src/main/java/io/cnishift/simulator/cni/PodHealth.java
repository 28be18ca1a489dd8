package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the probes of a pod find, written to its status: the kubelet runs the containers, what runs in them is known here.
 *
 * @param ready whether the Ready condition holds
 * @param restarts of the first container
 * @param waiting why the first container waits, such as CrashLoopBackOff; empty while it runs
 */
record PodHealth(boolean ready, long restarts, String waiting, String message) {

    static final PodHealth STARTING = new PodHealth(false, 0, "", "");

    PodHealth {
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(message, "message");
    }

    void write(Kernel kernel, Map<String, Object> pod) {
        ObjectKey key = ObjectKey.of(pod);
        kernel.objects()
                .get(key)
                .filter(p -> DaemonPods.uid(p).equals(DaemonPods.uid(pod)))
                .ifPresent(p -> kernel.objects().status(key, "kubelet", this::apply));
    }

    static boolean isReady(Map<String, ?> pod) {
        return Tree.maps(pod, "status", "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
    }

    private Map<String, Object> apply(Map<String, Object> status) {
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (Map<String, Object> condition : Tree.maps(status, "conditions")) {
            boolean ours = "Ready".equals(condition.get("type")) || "ContainersReady".equals(condition.get("type"));
            conditions.add(ours ? Trees.with(condition, ready ? "True" : "False", "status") : condition);
        }
        if (conditions.stream().noneMatch(c -> "Ready".equals(c.get("type")))) {
            conditions.add(Trees.of("type", "Ready", "status", ready ? "True" : "False"));
        }
        List<Map<String, Object>> containers = new ArrayList<>();
        for (Map<String, Object> container : Tree.maps(status, "containerStatuses")) {
            containers.add(containers.isEmpty() ? first(container) : container);
        }
        Map<String, Object> changed = Trees.with(status, conditions, "conditions");
        return containers.isEmpty() ? changed : Trees.with(changed, containers, "containerStatuses");
    }

    private Map<String, Object> first(Map<String, Object> container) {
        long count = Math.max(restarts, Tree.number(container, 0, "restartCount"));
        Map<String, Object> state = waiting.isEmpty()
                ? Trees.of("running", Map.of())
                : Trees.of("waiting", Trees.of("reason", waiting, "message", message));
        return Trees.with(Trees.with(Trees.with(container, ready, "ready"), count, "restartCount"), state, "state");
    }
}
