package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.cilium.MeshMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Policies that stand beside those of owners and admit in one cluster the pods of the other one that they admit of their own. Policies add
 * up, so that nothing is forbidden by them; both ends name their cluster.
 *
 * @param own name of the cluster that they stand in
 * @param other name of the one whose pods they admit
 */
record MeshPolicy(String own, String other, String migration) {

    private static final String PREFIX = "cnishift-mesh-";
    private static final int LONGEST = 253;

    MeshPolicy {
        Objects.requireNonNull(own);
        Objects.requireNonNull(other);
        Objects.requireNonNull(migration);
    }

    /** Whether this migration made it. The name alone says nothing: anybody may give it. */
    boolean ours(NetworkPolicy policy) {
        return policy.name().startsWith(PREFIX)
                && migration.equals(policy.labels().get(Progress.TAG));
    }

    /** What has the name that the one beside that policy has or would have, whoever made it. */
    static Optional<NetworkPolicy> there(View view, NetworkPolicy policy) {
        return view.get(Part.NETWORK_POLICIES, NetworkPolicy.class, key(policy));
    }

    /** The key of the one beside that policy. */
    static String key(NetworkPolicy policy) {
        return policy.namespace() + "/" + name(policy);
    }

    static ObjectRef ref(NetworkPolicy policy) {
        return ObjectRef.of("networking.k8s.io/v1", "NetworkPolicy", policy.namespace(), policy.name());
    }

    private static String name(NetworkPolicy policy) {
        String name = PREFIX + policy.name();
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 9) + "-"
                        + String.format("%08x", policy.name().hashCode());
    }

    /** The policy beside that one; empty when it admits no pods by what they are, or names clusters itself. */
    Optional<Map<String, Object>> beside(NetworkPolicy policy) {
        Map<String, Object> spec = new LinkedHashMap<>();
        List<String> types = new ArrayList<>();
        spec.put("podSelector", of(policy.podSelector(), own));
        spec.put("policyTypes", types);
        // a section that policyTypes leaves out forbids nothing, and would here
        Optional<List<Map<String, Object>>> in = policy.ingress() ? rules(policy, "ingress", "from") : Optional.empty();
        Optional<List<Map<String, Object>>> out = policy.egress() ? rules(policy, "egress", "to") : Optional.empty();
        in.ifPresent(rules -> {
            types.add("Ingress");
            spec.put("ingress", rules);
        });
        out.ifPresent(rules -> {
            types.add("Egress");
            spec.put("egress", rules);
        });
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "apiVersion",
                        "networking.k8s.io/v1",
                        "kind",
                        "NetworkPolicy",
                        "metadata",
                        Map.of(
                                "namespace",
                                policy.namespace(),
                                "name",
                                name(policy),
                                "labels",
                                Map.of(Progress.TAG, migration)),
                        "spec",
                        spec));
    }

    private Optional<List<Map<String, Object>>> rules(NetworkPolicy policy, String direction, String side) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> rule : Tree.maps(policy.rules(), direction)) {
            // a rule without peers admits everybody, those of the other cluster too
            List<Map<String, Object>> peers = Tree.maps(rule, side).stream()
                    .filter(MeshPolicy::meansPods)
                    .map(peer -> Tree.with(peer, "podSelector", of(Tree.map(peer, "podSelector"), other)))
                    .toList();
            if (!peers.isEmpty()) {
                rules.add(Tree.with(rule, side, peers));
            }
        }
        return rules.isEmpty() ? Optional.empty() : Optional.of(rules);
    }

    /** Blocks of addresses never mean pods to Cilium; who names a cluster means that one. */
    private static boolean meansPods(Map<String, Object> peer) {
        boolean selects = peer.containsKey("podSelector") || peer.containsKey("namespaceSelector");
        return selects && !namesCluster(peer);
    }

    /** Whether a peer says itself of which clusters it means pods, and means that one's too. */
    static boolean names(String cluster, Map<String, Object> peer) {
        Map<String, String> labels = Map.of(MeshMember.CLUSTER_LABEL, cluster);
        Map<String, Object> selector = Tree.map(peer, "podSelector");
        Map<String, String> wanted = Tree.strings(selector, "matchLabels");
        return namesCluster(peer)
                && wanted.getOrDefault(MeshMember.CLUSTER_LABEL, cluster).equals(cluster)
                && Tree.maps(selector, "matchExpressions").stream()
                        .filter(e -> MeshMember.CLUSTER_LABEL.equals(e.get("key")))
                        .allMatch(e -> Selectors.matches(Map.of("matchExpressions", List.of(e)), labels));
    }

    private static boolean namesCluster(Map<String, Object> peer) {
        return Tree.strings(peer, "podSelector", "matchLabels").containsKey(MeshMember.CLUSTER_LABEL)
                || Tree.maps(peer, "podSelector", "matchExpressions").stream()
                        .anyMatch(e -> MeshMember.CLUSTER_LABEL.equals(e.get("key")));
    }

    private static Map<String, Object> of(Map<String, Object> selector, String cluster) {
        Map<String, Object> labels = new LinkedHashMap<>(Tree.strings(selector, "matchLabels"));
        labels.put(MeshMember.CLUSTER_LABEL, cluster);
        return Tree.with(selector, "matchLabels", labels);
    }
}
