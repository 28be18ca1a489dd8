package io.cnishift.cilium;

import java.util.List;
import java.util.Map;

/**
 * Affinity values that keep Cilium's DaemonSets off the nodes of the VPC CNI. Helm replaces lists as a whole, so what the
 * chart has in a list is repeated: the term of the Envoy DaemonSet that honours {@code cilium.io/no-schedule}, and the
 * agent's rule that two of them never share a node.
 */
final class NodeAffinity {

    private static final String TERMS = "nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

    private static final String ANTI_AFFINITY = "podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    private NodeAffinity() {}

    static PhaseValues agentOffOldNodes(String because) {
        Map<String, Object> notOld = notIn(Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE);
        return PhaseValues.empty()
                .own("affinity." + TERMS, List.of(Map.of("matchExpressions", List.of(notOld))), because)
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
                        List.of(Map.of("matchExpressions", List.of(notIn("cilium.io/no-schedule", "true"), notOld))),
                        "a proxy on a node without an agent would wait for one for ever");
    }

    private static Map<String, Object> notIn(String key, String value) {
        return Map.of("key", key, "operator", "NotIn", "values", List.of(value));
    }
}
