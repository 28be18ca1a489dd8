package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Taints and tolerations. Source: Kubernetes documentation, "Taints and Tolerations". */
public final class Tolerations {

    private Tolerations() {}

    /** The first of the taints that keeps the pod off. */
    static Optional<Taint> obstacle(Candidate pod, List<Taint> taints) {
        for (Taint taint : taints) {
            if (!tolerated(pod.tolerations(), taint)) {
                return Optional.of(taint);
            }
        }
        return Optional.empty();
    }

    /** How many taints would rather keep it off. */
    static long reluctance(Candidate pod, Node node) {
        long count = 0;
        for (Taint taint : node.taints()) {
            if (taint.effect().equals("PreferNoSchedule") && !tolerated(pod.tolerations(), taint)) {
                count++;
            }
        }
        return count;
    }

    /** The taints that keep pods off; cordoned and unready nodes are tainted by the control plane. */
    static List<Taint> hard(Node node) {
        List<Taint> taints = new ArrayList<>(node.taints());
        if (node.unschedulable()) {
            taints.add(new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"));
        }
        if (!node.ready()) {
            taints.add(new Taint("node.kubernetes.io/not-ready", "", "NoSchedule"));
        }
        taints.removeIf(t -> t.effect().equals("PreferNoSchedule"));
        return List.copyOf(taints);
    }

    /** Whether one of the tolerations covers the taint. */
    public static boolean tolerated(List<Map<String, Object>> tolerations, Taint taint) {
        for (Map<String, Object> tree : tolerations) {
            if (tolerates(tree, taint)) {
                return true;
            }
        }
        return false;
    }

    /** Whether that toleration covers the taint. */
    public static boolean tolerates(Map<String, Object> toleration, Taint taint) {
        return Tree.known(toleration, Toleration.class, Toleration::of).covers(taint);
    }

    /** A toleration, read once: it is asked about at every node. */
    private record Toleration(String key, boolean exists, String value, String effect) {
        private static Toleration of(Map<String, Object> tree) {
            return new Toleration(
                    Tree.text(tree, "key").orElse(""),
                    Tree.text(tree, "operator").orElse("Equal").equals("Exists"),
                    Tree.text(tree, "value").orElse(""),
                    Tree.text(tree, "effect").orElse(""));
        }

        private boolean covers(Taint taint) {
            return (key.equals(taint.key()) || (key.isEmpty() && exists))
                    && (exists || value.equals(taint.value()))
                    && (effect.isEmpty() || effect.equals(taint.effect()));
        }
    }
}
