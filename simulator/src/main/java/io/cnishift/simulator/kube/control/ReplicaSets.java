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
        List<Map<String, Object>> active = new ArrayList<>();
        for (Map<String, Object> pod : tools.pods(set)) {
            if (!Pods.finished(pod) && !Pods.terminating(pod)) {
                active.add(pod);
            }
        }
        long wanted = Tree.number(set, 1, "spec", "replicas");
        // first what is, since making pods may be refused
        status(tools, set, active);
        if (Pods.terminating(set)) {
            return;
        }
        for (long i = active.size(); i < wanted; i++) {
            tools.create(PodMaker.generated(set, Tree.map(set, "spec", "template"), Map.of()));
        }
        if (active.size() > wanted) {
            active.sort(removal(active));
            active.subList(0, (int) (active.size() - wanted)).forEach(tools::delete);
        }
    }

    private static void status(Controller tools, Map<String, Object> set, List<Map<String, Object>> active) {
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        long ready = 0;
        long available = 0;
        for (Map<String, Object> pod : active) {
            ready += Pods.ready(pod) ? 1 : 0;
            available += tools.available(pod, minReady, Pods.key(set)) ? 1 : 0;
        }
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "replicas",
                active.size(),
                "readyReplicas",
                ready,
                "availableReplicas",
                available);
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
