package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;

/** Node selectors and node affinity. Source: Kubernetes documentation, "Assigning Pods to Nodes". */
public final class NodeAffinity {

    private NodeAffinity() {}

    /** Whether selector and required affinity of a pod spec allow the node. */
    public static boolean allows(Map<String, Object> spec, Node node) {
        if (!node.labels()
                .entrySet()
                .containsAll(Tree.strings(spec, "nodeSelector").entrySet())) {
            return false;
        }
        List<Map<String, Object>> terms = Tree.maps(
                spec,
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        return terms.isEmpty() || terms.stream().anyMatch(term -> matches(term, node));
    }

    /** The weights of the preferred terms that the node meets. */
    static long preference(Map<String, Object> spec, Node node) {
        return Tree.maps(spec, "affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution").stream()
                .filter(p -> matches(Tree.map(p, "preference"), node))
                .mapToLong(p -> Tree.number(p, 0, "weight"))
                .sum();
    }

    /** Whether one term matches: all its expressions on labels and on the name. An empty term matches nothing. */
    static boolean matches(Map<String, Object> term, Node node) {
        List<Object> labels = Tree.list(term, "matchExpressions");
        List<Object> fields = Tree.list(term, "matchFields");
        return !(labels.isEmpty() && fields.isEmpty())
                && Selectors.matches(Map.of("matchExpressions", labels), node.labels())
                && Selectors.matches(Map.of("matchExpressions", fields), Map.of("metadata.name", node.name()));
    }
}
