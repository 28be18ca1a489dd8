package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Revisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * DaemonSets keep one pod on every node that their template allows. A node that it does not allow any more loses its pod at
 * once, whatever the update strategy says; a changed template rolls all of them.
 */
final class DaemonSets implements Behaviour {

    @Override
    public String id() {
        return "daemon-sets";
    }

    @Override
    public String source() {
        return "pkg/controller/daemon (daemon_controller.go, update.go)";
    }

    @Override
    public void install(Kernel kernel) {
        TemplateRevisions revisions = TemplateRevisions.of(kernel);
        Controller tools = Controller.start(this, kernel, "DaemonSet", (t, set) -> look(t, set, revisions))
                .owns("Pod", "DaemonSet");
        kernel.objects().listen("Node", (before, after) -> {
            if (DaemonFit.matters(before, after)) {
                kernel.objects().list("DaemonSet").forEach(s -> tools.queue().add(Pods.key(s)));
            }
        });
    }

    private static void look(Controller tools, Map<String, Object> set, TemplateRevisions revisions) {
        String hash = revisions.current(set);
        Map<String, List<Map<String, Object>>> byNode = new HashMap<>();
        for (Map<String, Object> pod : tools.pods(set)) {
            DaemonFit.nodeOf(pod)
                    .ifPresent(n ->
                            byNode.computeIfAbsent(n, k -> new ArrayList<>()).add(pod));
        }
        DaemonFit fit = new DaemonFit(set);
        List<String> wanted = new ArrayList<>();
        List<Map<String, Object>> surplus = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Map<String, Object> tree : tools.store().list("Node")) {
            Node node = KubeProjection.node(tree);
            List<Map<String, Object>> pods = byNode.getOrDefault(node.name(), List.of());
            if (fit.shouldRun(node)) {
                wanted.add(node.name());
            }
            sort(fit, node, pods, surplus, missing);
        }
        Placed placed = new Placed(wanted, byNode);
        status(tools, set, hash, placed);
        if (Pods.terminating(set)) {
            return;
        }
        surplus.forEach(tools::delete);
        missing.forEach(node -> tools.create(pod(set, node, hash)));
        DaemonRoll.of(set, wanted.size()).step(tools, set, hash, placed);
    }

    /** The pods on the nodes that want one. */
    record Placed(List<String> wanted, Map<String, List<Map<String, Object>>> byNode) {
        List<Map<String, Object>> on(String node) {
            return byNode.getOrDefault(node, List.of());
        }

        long count(Predicate<Map<String, Object>> which) {
            return wanted.stream()
                    .filter(n -> on(n).stream().anyMatch(p -> !Pods.terminating(p) && which.test(p)))
                    .count();
        }
    }

    private static void sort(
            DaemonFit fit,
            Node node,
            List<Map<String, Object>> pods,
            List<Map<String, Object>> surplus,
            List<String> missing) {
        if (!fit.mayStay(node)) {
            pods.stream().filter(p -> !Pods.terminating(p)).forEach(surplus::add);
            return;
        }
        pods.stream().filter(p -> Pods.finished(p) && !Pods.terminating(p)).forEach(surplus::add);
        // a pod that is ending still holds the node
        if (pods.isEmpty() && fit.shouldRun(node)) {
            missing.add(node.name());
        }
    }

    static Map<String, Object> pod(Map<String, Object> set, String node, String hash) {
        Map<String, Object> pod =
                PodMaker.generated(set, Tree.map(set, "spec", "template"), Map.of(Revisions.REVISION_HASH, hash));
        Map<String, Object> pinned = Trees.with(pod, DaemonFit.pinned(Tree.map(pod, "spec"), node), "spec", "affinity");
        return Trees.with(pinned, DaemonFit.tolerations(Tree.map(pod, "spec")), "spec", "tolerations");
    }

    private static void status(Controller tools, Map<String, Object> set, String hash, Placed placed) {
        long minReady = Tree.number(set, 0, "spec", "minReadySeconds");
        long available = placed.count(p -> tools.available(p, minReady, Pods.key(set)));
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "desiredNumberScheduled",
                placed.wanted().size(),
                "currentNumberScheduled",
                placed.count(p -> true),
                "numberReady",
                placed.count(Pods::ready),
                "updatedNumberScheduled",
                placed.count(p -> hash(p).equals(hash)),
                "numberAvailable",
                available);
    }

    /** The hash of the template that a pod was made from; a pod without the label has the empty one. */
    static String hash(Map<String, Object> pod) {
        return Pods.labels(pod).getOrDefault(Revisions.REVISION_HASH, "");
    }
}
