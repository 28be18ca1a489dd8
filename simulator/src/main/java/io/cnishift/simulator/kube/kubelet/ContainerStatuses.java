package io.cnishift.simulator.kube.kubelet;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** The status of a pod after that one, with those states of its containers. */
    static Map<String, Object> status(Map<String, Object> pod, Map<String, Object> before, State state, Instant now) {
        String time = now.toString();
        Map<String, Object> status = new LinkedHashMap<>(before);
        status.put("phase", state.phase());
        status.put("containerStatuses", containers(pod, state));
        status.putIfAbsent("startTime", time);
        status.put("conditions", conditions(Tree.maps(before, "conditions"), state, time));
        return Tree.frozen(status);
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

    private static List<Map<String, Object>> conditions(List<Map<String, Object>> before, State state, String now) {
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (Map<String, Object> condition : before) {
            if (!CONDITIONS.contains(Tree.text(condition, "type").orElse(""))) {
                conditions.add(condition);
            }
        }
        boolean initialized = !state.phase().equals("Pending");
        conditions.add(condition(before, "Initialized", initialized, now));
        conditions.add(condition(before, "ContainersReady", state.ready(), now));
        conditions.add(condition(before, "Ready", state.ready(), now));
        return conditions;
    }

    private static Map<String, Object> condition(
            List<Map<String, Object>> before, String type, boolean holds, String now) {
        String value = holds ? "True" : "False";
        for (Map<String, Object> condition : before) {
            if (type.equals(condition.get("type")) && value.equals(condition.get("status"))) {
                return condition;
            }
        }
        return Trees.of("type", type, "status", value, "lastTransitionTime", now);
    }
}
