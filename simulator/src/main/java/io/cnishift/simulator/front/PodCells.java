package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a server sums up a pod. Source: pkg/printers/internalversion/printers.go, printPod. */
final class PodCells {

    private PodCells() {}

    static String ready(Map<String, Object> pod) {
        long ready = containers(pod).stream().filter(c -> Tree.flag(c, "ready")).count();
        return ready + "/" + Tree.list(pod, "spec", "containers").size();
    }

    static long restarts(Map<String, Object> pod) {
        return containers(pod).stream()
                .mapToLong(c -> Tree.number(c, 0, "restartCount"))
                .sum();
    }

    static String status(Map<String, Object> pod) {
        if (Tree.at(pod, "metadata", "deletionTimestamp").isPresent()) {
            return "Terminating";
        }
        for (Map<String, Object> container : Tree.maps(pod, "status", "initContainerStatuses")) {
            Optional<String> why = waits(container);
            if (why.isPresent()) {
                return "Init:" + why.get();
            }
        }
        return containers(pod).stream()
                .flatMap(c -> waits(c).stream())
                .findFirst()
                .or(() -> Tree.text(pod, "status", "reason"))
                .or(() -> Tree.text(pod, "status", "phase").map(p -> p.equals("Succeeded") ? "Completed" : p))
                .orElse("Unknown");
    }

    private static Optional<String> waits(Map<String, Object> container) {
        return Tree.text(container, "state", "waiting", "reason")
                .or(() -> Tree.text(container, "state", "terminated", "reason").filter(r -> !r.equals("Completed")));
    }

    private static List<Map<String, Object>> containers(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "containerStatuses");
    }
}
