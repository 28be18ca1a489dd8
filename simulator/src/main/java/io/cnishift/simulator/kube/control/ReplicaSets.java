package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ReplicaSets keep as many pods as they want; what they remove first is what serves least. */
final class ReplicaSets implements Behaviour {

    @Override
    public String id() {
        return "replica-sets";
    }

    @Override
    public String source() {
        return "pkg/controller/replicaset, controller_utils.go (ActivePodsWithRanks)";
    }

    @Override
    public void install(Kernel kernel) {
        Controller.start(this, kernel, "ReplicaSet", ReplicaSets::look).owns("Pod", "ReplicaSet");
    }

    private static void look(Controller tools, Map<String, Object> set) {
        // first what is, since making pods may be refused
        long there = status(tools, set);
        if (Pods.terminating(set)) {
            return;
        }
        long wanted = Tree.number(set, 1, "spec", "replicas");
        for (long i = there; i < wanted; i++) {
            tools.create(PodMaker.generated(set, Tree.map(set, "spec", "template"), Map.of()));
        }
        if (there > wanted) {
            List<Map<String, Object>> active = new ArrayList<>(tools.pods(set));
            active.removeIf(p -> !active(p));
            active.sort(removal(active));
            active.subList(0, (int) (there - wanted)).forEach(tools::delete);
        }
    }

    private static boolean active(Map<String, Object> pod) {
        return !Pods.finished(pod) && !Pods.terminating(pod);
    }

    /** Says how many active pods there are, and how they stand. */
    private static long status(Controller tools, Map<String, Object> set) {
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        long active = 0;
        long ready = 0;
        long available = 0;
        for (Map<String, Object> pod : tools.podsNow(set)) {
            if (active(pod)) {
                active++;
                ready += Pods.ready(pod) ? 1 : 0;
                available += tools.available(pod, minReady, Pods.key(set)) ? 1 : 0;
            }
        }
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "replicas",
                active,
                "readyReplicas",
                ready,
                "availableReplicas",
                available);
        return active;
    }

    /** First who goes: without a node, pending, not ready, cheap by annotation, on a crowded node, ready for less long. */
    static Comparator<Map<String, Object>> removal(List<Map<String, Object>> active) {
        Map<String, Integer> crowd = new HashMap<>();
        active.forEach(p -> Pods.node(p).ifPresent(n -> crowd.merge(n, 1, Integer::sum)));
        return Comparator.comparing((Map<String, Object> p) -> Pods.node(p).isPresent())
                .thenComparing(p -> !Pods.phase(p).equals("Pending"))
                .thenComparing(Pods::ready)
                .thenComparingLong(ReplicaSets::cost)
                .thenComparing(p -> -crowd.getOrDefault(Pods.node(p).orElse(""), 0))
                .thenComparing(p -> Pods.readySince(p).orElse(Instant.EPOCH), Comparator.reverseOrder())
                .thenComparing(
                        p -> Tree.text(p, "metadata", "creationTimestamp").orElse(""), Comparator.reverseOrder())
                .thenComparing(p -> Pods.key(p).name());
    }

    private static long cost(Map<String, Object> pod) {
        return Tree.text(pod, "metadata", "annotations", "controller.kubernetes.io/pod-deletion-cost")
                .filter(c -> c.matches("-?[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
