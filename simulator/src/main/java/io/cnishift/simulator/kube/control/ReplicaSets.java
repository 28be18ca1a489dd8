package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ReplicaSets keep as many pods as they want; what they remove first is what serves least. */
final class ReplicaSets implements Behaviour {

    /** By the UID of the controller. */
    private final Map<String, Count> counts = new HashMap<>();

    /** How many pods are active, and how many of these are ready. */
    private record Count(long active, long ready) {
        private static final Count NONE = new Count(0, 0);
    }

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
        kernel.objects().list("Pod").forEach(p -> count(p, 1));
        PodTurn.listen(kernel.objects(), PodTurn.OF_CONTROLLERS, (before, after) -> {
            before.ifPresent(p -> count(p, -1));
            after.ifPresent(p -> count(p, 1));
        });
        Controller.start(this, kernel, "ReplicaSet", this::look).owns("Pod", "ReplicaSet");
    }

    private void count(Map<String, Object> pod, int by) {
        if (!active(pod)) {
            return;
        }
        for (String controller : Pods.controllerUid(pod)) {
            Count before = counts.getOrDefault(controller, Count.NONE);
            Count after = new Count(before.active() + by, before.ready() + (Pods.ready(pod) ? by : 0));
            if (after.active() == 0) {
                counts.remove(controller);
            } else {
                counts.put(controller, after);
            }
        }
    }

    private void look(Controller tools, Map<String, Object> set) {
        // first what is, since making pods may be refused
        Count count = counts.getOrDefault(Pods.uid(set), Count.NONE);
        status(tools, set, count);
        long wanted = Tree.number(set, 1, "spec", "replicas");
        if (Pods.terminating(set) || count.active() == wanted) {
            return;
        }
        List<Map<String, Object>> active = new ArrayList<>(tools.pods(set));
        active.removeIf(p -> !active(p));
        for (long i = active.size(); i < wanted; i++) {
            tools.create(PodMaker.generated(set, Tree.map(set, "spec", "template"), Map.of()));
        }
        if (active.size() > wanted) {
            active.sort(removal(active));
            active.subList(0, (int) (active.size() - wanted)).forEach(tools::delete);
        }
    }

    private static boolean active(Map<String, Object> pod) {
        return !Pods.finished(pod) && !Pods.terminating(pod);
    }

    private static void status(Controller tools, Map<String, Object> set, Count count) {
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "replicas",
                count.active(),
                "readyReplicas",
                count.ready(),
                "availableReplicas",
                available(tools, set, count));
    }

    private static long available(Controller tools, Map<String, Object> set, Count count) {
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        if (minReady <= 0) {
            return count.ready();
        }
        long available = 0;
        for (Map<String, Object> pod : tools.pods(set)) {
            available += active(pod) && tools.available(pod, minReady, Pods.key(set)) ? 1 : 0;
        }
        return available;
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
