package io.cnishift.cilium;

import java.util.List;
import java.util.Map;

/**
 * Affinity values that keep Cilium's DaemonSets off nodes on which agents must or can not run. Helm replaces lists as a whole, so what the
 * chart has in a list is repeated: the term of the Envoy DaemonSet that honours {@code cilium.io/no-schedule}, and the
 * agent's rule that two of them never share a node.
 */
final class NodeAffinity {

    private static final String TERMS = "nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

    private static final String ANTI_AFFINITY = "podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    private NodeAffinity() {}

    static PhaseValues agentOffOldNodes(String because) {
        return off(notIn(Migration.AWS_NODE_LABEL, List.of(Migration.AWS_NODE_LABEL_VALUE)), because);
    }

    /** Off nodes that bring their own networking: a pod of a DaemonSet is bound to such a node, and never starts there. */
    static PhaseValues agentWhereAwsNodeIs() {
        return off(
                notIn("eks.amazonaws.com/compute-type", List.of("fargate", "hybrid", "auto")),
                "agents belong where aws-node is; bound to a node of Fargate one would stay pending for ever");
    }

    private static PhaseValues off(Map<String, Object> rule, String because) {
        return PhaseValues.empty()
                .own("affinity." + TERMS, List.of(Map.of("matchExpressions", List.of(rule))), because)
                .own(
                        "affinity." + ANTI_AFFINITY,
                        List.of(Map.of(
                                "topologyKey",
                                "kubernetes.io/hostname",
                                "labelSelector",
                                Map.of("matchLabels", Map.of("k8s-app", "cilium")))),
                        because)
                .own(
                        "envoy.affinity." + TERMS,
                        List.of(Map.of(
                                "matchExpressions", List.of(notIn("cilium.io/no-schedule", List.of("true")), rule))),
                        "a proxy on a node without an agent would wait for one for ever");
    }

    private static Map<String, Object> notIn(String key, List<String> values) {
        return Map.of("key", key, "operator", "NotIn", "values", values);
    }
}
