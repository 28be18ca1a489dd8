package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.schedule.NodeAffinity;
import io.cnishift.simulator.kube.schedule.Tolerations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * On which nodes a DaemonSet runs: its selector and required affinity, and taints, of which every daemon tolerates those of
 * trouble and of cordoning.
 *
 * <p>Source: Kubernetes documentation, DaemonSet, "Taints and tolerations"; NodeShouldRunDaemonPod.
 */
final class DaemonFit {
    private static final Taint CORDONED = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    private final NodeAffinity affinity;
    private final List<Map<String, Object>> tolerations;

    DaemonFit(Map<String, Object> set) {
        Map<String, Object> spec = Tree.map(set, "spec", "template", "spec");
        affinity = NodeAffinity.of(spec);
        tolerations = tolerations(spec);
    }

    /** Whether a pod is made there when there is none. */
    boolean shouldRun(Node node) {
        if (!affinity.allows(node) || (node.unschedulable() && !tolerates(CORDONED))) {
            return false;
        }
        for (Taint taint : node.taints()) {
            if (!taint.effect().equals("PreferNoSchedule") && !tolerates(taint)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a pod that runs there may go on: a taint that forbids scheduling does not end it, one that evicts does. */
    boolean mayStay(Node node) {
        for (Taint taint : node.taints()) {
            if (taint.effect().equals("NoExecute") && !tolerates(taint)) {
                return false;
            }
        }
        return affinity.allows(node);
    }

    private boolean tolerates(Taint taint) {
        return Tolerations.tolerated(tolerations, taint);
    }

    /** What daemons tolerate besides what their template says. */
    static List<Map<String, Object>> tolerations(Map<String, Object> spec) {
        List<Map<String, Object>> all = new ArrayList<>(Tree.maps(spec, "tolerations"));
        all.add(tolerates("not-ready", "NoExecute"));
        all.add(tolerates("unreachable", "NoExecute"));
        all.add(tolerates("disk-pressure", "NoSchedule"));
        all.add(tolerates("memory-pressure", "NoSchedule"));
        all.add(tolerates("pid-pressure", "NoSchedule"));
        all.add(tolerates("unschedulable", "NoSchedule"));
        if (Tree.flag(spec, "hostNetwork")) {
            all.add(tolerates("network-unavailable", "NoSchedule"));
        }
        return all;
    }

    private static Map<String, Object> tolerates(String condition, String effect) {
        return Trees.of("key", "node.kubernetes.io/" + condition, "operator", "Exists", "effect", effect);
    }

    /** The affinity that leaves the scheduler one node to choose from; it takes the place of the template's own. */
    static Map<String, Object> pinned(Map<String, Object> spec, String node) {
        Map<String, Object> term = Trees.of(
                "matchFields", List.of(Trees.of("key", "metadata.name", "operator", "In", "values", List.of(node))));
        return Trees.with(
                Tree.map(spec, "affinity"),
                List.of(term),
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
    }

    /** The node that a daemon's pod is on or meant for. */
    static Optional<String> nodeOf(Map<String, Object> pod) {
        Optional<String> bound = Pods.node(pod);
        return bound.isPresent()
                ? bound
                : Tree.maps(
                                pod,
                                "spec",
                                "affinity",
                                "nodeAffinity",
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                "nodeSelectorTerms")
                        .stream()
                        .flatMap(t -> Tree.maps(t, "matchFields").stream())
                        .flatMap(f -> Tree.texts(f, "values").stream())
                        .findFirst();
    }

    /** Whether a change of a node can change where daemons run. */
    static boolean matters(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return true;
        }
        return differ(before.get(), after.get(), "metadata", "labels")
                || differ(before.get(), after.get(), "spec", "taints")
                || Tree.flag(before.get(), "spec", "unschedulable") != Tree.flag(after.get(), "spec", "unschedulable");
    }

    private static boolean differ(Map<String, Object> before, Map<String, Object> after, String part, String field) {
        return !Objects.equals(
                Tree.map(before, part).get(field), Tree.map(after, part).get(field));
    }
}
