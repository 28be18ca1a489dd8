package io.cnishift.simulator.kube.kubelet;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status that a kubelet writes of a pod. Pure. */
final class ContainerStatuses {
    private static final List<String> CONDITIONS = List.of("Initialized", "ContainersReady", "Ready");

    private ContainerStatuses() {}

    /** How the containers are. */
    record State(String phase, boolean ready, int restarts, Optional<Waiting> waiting) {}

    /** Why they do not run. */
    record Waiting(String reason, String message) {}

    static Map<String, Object> status(Map<String, Object> pod, State state, Instant now) {
        Map<String, Object> status = Tree.map(pod, "status");
        status = Trees.with(status, state.phase(), "phase");
        status = Trees.with(status, containers(pod, state), "containerStatuses");
        String time = now.toString();
        if (Tree.at(status, "startTime").isEmpty()) {
            status = Trees.with(status, time, "startTime");
        }
        return Trees.with(status, conditions(status, state, time), "conditions");
    }

    static Map<String, Object> addressed(Map<String, Object> status, String address, String host) {
        Map<String, Object> with = Trees.with(status, address, "podIP");
        with = Trees.with(with, List.of(Trees.of("ip", address)), "podIPs");
        return host.isEmpty() ? with : Trees.with(with, host, "hostIP");
    }

    /** Whether a pod's containers wait to be started again. */
    static boolean waiting(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "containerStatuses").stream()
                .anyMatch(c -> Tree.at(c, "state", "waiting").isPresent());
    }

    private static List<Map<String, Object>> containers(Map<String, Object> pod, State state) {
        List<Map<String, Object>> statuses = new ArrayList<>();
        int restarts = state.restarts();
        for (Map<String, Object> container : Tree.maps(pod, "spec", "containers")) {
            statuses.add(Trees.of(
                    "name", container.getOrDefault("name", "main"),
                    "image", container.get("image"),
                    "ready", state.ready(),
                    "started", state.waiting().isEmpty(),
                    "restartCount", restarts,
                    "state", containerState(state)));
            // one container fails, the others with it do not
            restarts = 0;
        }
        return statuses;
    }

    private static Map<String, Object> containerState(State state) {
        if (state.waiting().isPresent()) {
            Waiting waiting = state.waiting().get();
            return Trees.of("waiting", Trees.of("reason", waiting.reason(), "message", waiting.message()));
        }
        return state.phase().equals("Succeeded")
                ? Trees.of("terminated", Trees.of("reason", "Completed", "exitCode", 0))
                : Trees.of("running", Map.of());
    }

    private static List<Map<String, Object>> conditions(Map<String, Object> status, State state, String now) {
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (Map<String, Object> condition : Tree.maps(status, "conditions")) {
            if (!CONDITIONS.contains(Tree.text(condition, "type").orElse(""))) {
                conditions.add(condition);
            }
        }
        boolean initialized = !state.phase().equals("Pending");
        conditions.add(condition(status, "Initialized", initialized, now));
        conditions.add(condition(status, "ContainersReady", state.ready(), now));
        conditions.add(condition(status, "Ready", state.ready(), now));
        return conditions;
    }

    private static Map<String, Object> condition(Map<String, Object> status, String type, boolean holds, String now) {
        String value = holds ? "True" : "False";
        return Tree.maps(status, "conditions").stream()
                .filter(c -> type.equals(c.get("type")) && value.equals(c.get("status")))
                .findFirst()
                .orElseGet(() -> Trees.of("type", type, "status", value, "lastTransitionTime", now));
    }
}
