package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Owners;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Revisions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DaemonSets keep one pod on every node that their template allows. A node that it does not allow any more loses its pod at
 * once, whatever the update strategy says; a changed template rolls all of them.
 */
final class DaemonSets implements Behaviour {

    private final Map<ObjectKey, DaemonNodes> sets = new HashMap<>();

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
        DaemonPods pods = new DaemonPods(kernel);
        TemplateRevisions revisions = TemplateRevisions.of(kernel);
        Controller tools = Controller.start(this, kernel, "DaemonSet", (t, set) -> look(t, set, revisions, pods));
        kernel.objects().listen("DaemonSet", (before, after) -> {
            if (after.isEmpty()) {
                before.map(Pods::key).ifPresent(sets::remove);
            }
        });
        PodTurn.listen(
                kernel.objects(),
                PodTurn.OF_CONTROLLERS,
                (before, after) -> podChanged(tools, after.isPresent() ? after.get() : before.orElseThrow()));
        kernel.objects().listen("Node", (before, after) -> {
            if (DaemonFit.matters(before, after)) {
                String node = Pods.key(after.or(() -> before).orElseThrow()).name();
                sets.values().forEach(s -> s.changed(node));
                kernel.objects().list("DaemonSet").forEach(s -> tools.queue().add(Pods.key(s)));
            }
        });
    }

    private void podChanged(Controller tools, Map<String, Object> pod) {
        Optional<ObjectKey> key = Owners.key(pod);
        if (key.isPresent() && key.get().kind().equals("DaemonSet")) {
            DaemonNodes nodes = sets.get(key.get());
            if (nodes != null) {
                DaemonFit.nodeOf(pod).ifPresent(nodes::changed);
            }
            tools.queue().add(key.get());
        }
    }

    private void look(Controller tools, Map<String, Object> set, TemplateRevisions revisions, DaemonPods pods) {
        String hash = revisions.current(set);
        DaemonNodes nodes = sets.computeIfAbsent(Pods.key(set), k -> new DaemonNodes(tools, pods));
        DaemonNodes.Due due = nodes.look(set, hash);
        status(tools, set, nodes);
        if (Pods.terminating(set)) {
            return;
        }
        due.surplus().forEach(tools::delete);
        due.missing().forEach(node -> tools.create(pod(set, node, hash)));
        if (nodes.outdated()) {
            nodes.settle();
            DaemonRoll.of(set, nodes.wanted().size()).step(tools, set, hash, nodes);
        }
    }

    static Map<String, Object> pod(Map<String, Object> set, String node, String hash) {
        Map<String, Object> pod =
                PodMaker.generated(set, Tree.map(set, "spec", "template"), Map.of(Revisions.REVISION_HASH, hash));
        Map<String, Object> pinned = Trees.with(pod, DaemonFit.pinned(Tree.map(pod, "spec"), node), "spec", "affinity");
        return Trees.with(pinned, DaemonFit.tolerations(Tree.map(pod, "spec")), "spec", "tolerations");
    }

    private static void status(Controller tools, Map<String, Object> set, DaemonNodes nodes) {
        tools.status(
                set,
                "observedGeneration",
                Tree.number(set, 0, "metadata", "generation"),
                "desiredNumberScheduled",
                nodes.wanted().size(),
                "currentNumberScheduled",
                (long) nodes.tally().current(),
                "numberReady",
                (long) nodes.tally().ready(),
                "updatedNumberScheduled",
                (long) nodes.tally().updated(),
                "numberAvailable",
                (long) nodes.tally().available());
    }

    /** The hash of the template that a pod was made from; a pod without the label has the empty one. */
    static String hash(Map<String, Object> pod) {
        return Tree.text(Tree.map(pod, "metadata", "labels"), Revisions.REVISION_HASH)
                .orElse("");
    }

    /** The pods of a DaemonSet by the node that they are on or meant for. */
    static final class DaemonPods {
        private final ObjectIndex index;

        DaemonPods(Kernel kernel) {
            index = kernel.objects().index("Pod", DaemonPods::keys);
        }

        private static List<String> keys(Map<String, Object> pod) {
            Optional<Map<String, Object>> controller = Pods.controller(pod);
            if (controller.isEmpty() || !"DaemonSet".equals(controller.get().get("kind"))) {
                return List.of();
            }
            List<String> set = Pods.controllerUid(pod);
            Optional<String> node = DaemonFit.nodeOf(pod);
            return set.isEmpty() || node.isEmpty() ? List.of() : List.of(place(set.get(0), node.get()));
        }

        private static String place(String set, String node) {
            return set + " " + node;
        }

        List<Map<String, Object>> on(Map<String, Object> set, String node) {
            return List.copyOf(index.of(place(Pods.uid(set), node)));
        }
    }
}
