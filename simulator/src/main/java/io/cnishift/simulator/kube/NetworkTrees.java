package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.CiliumEndpoint;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.CiliumNodeConfig;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.PolicyEndpoint;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Policies, CNI objects and ConfigMaps as trees. */
final class NetworkTrees {

    private NetworkTrees() {}

    static Map<String, Object> networkPolicy(NetworkPolicy policy, Instant created) {
        List<Map<String, Object>> peers = policy.ipBlocks().stream()
                .map(b -> Trees.of("ipBlock", Trees.of("cidr", b.toString())))
                .toList();
        List<String> types = new ArrayList<>();
        if (policy.ingress()) {
            types.add("Ingress");
        }
        if (policy.egress()) {
            types.add("Egress");
        }
        boolean out = policy.egress() || !policy.ingress();
        Map<String, Object> spec = Trees.of("podSelector", Trees.canonical(policy.podSelector()), "policyTypes", types);
        for (String direction : List.of("ingress", "egress")) {
            List<Map<String, Object>> rules = new ArrayList<>(Tree.maps(policy.rules(), direction));
            if (!peers.isEmpty() && out == direction.equals("egress")) {
                rules.add(Trees.of(out ? "to" : "from", peers));
            }
            spec = rules.isEmpty() ? spec : Trees.with(spec, rules, direction);
        }
        Identity id =
                new Identity(policy.namespace(), policy.name(), policy.uid().orElse(""), "", created);
        return Trees.with(MetaTrees.object("networking.k8s.io/v1", "NetworkPolicy", id, policy.labels()), spec, "spec");
    }

    static Map<String, Object> securityGroupPolicy(SecurityGroupPolicy policy, Instant created) {
        Map<String, Object> accounts = policy.serviceAccountSelector();
        Map<String, Object> pods = policy.podSelector();
        return Trees.with(
                named(
                        "vpcresources.k8s.aws/v1beta1",
                        "SecurityGroupPolicy",
                        policy.namespace(),
                        policy.name(),
                        created),
                Trees.of(
                        "podSelector", MetaTrees.filled(pods, pods.isEmpty()),
                        "serviceAccountSelector", MetaTrees.filled(accounts, accounts.isEmpty()),
                        "securityGroups", Trees.of("groupIds", policy.securityGroups())),
                "spec");
    }

    static Map<String, Object> policyEndpoint(PolicyEndpoint endpoint, Instant created) {
        return Trees.with(
                named("networking.k8s.aws/v1alpha1", "PolicyEndpoint", endpoint.namespace(), endpoint.name(), created),
                Trees.of("namespace", endpoint.namespace(), "name", endpoint.policy()),
                "spec",
                "policyRef");
    }

    static Map<String, Object> eniConfig(EniConfig config, Instant created) {
        return Trees.with(
                named("crd.k8s.amazonaws.com/v1alpha1", "ENIConfig", "", config.name(), created),
                Trees.of("subnet", config.subnet(), "securityGroups", config.securityGroups()),
                "spec");
    }

    static Map<String, Object> ciliumNode(CiliumNode node, Instant created) {
        Map<String, Object> tree = Trees.with(
                named("cilium.io/v2", "CiliumNode", "", node.name(), created),
                node.podCidrs().stream().map(Object::toString).toList(),
                "spec",
                "ipam",
                "podCIDRs");
        Map<String, Object> whole =
                node.addresses().isEmpty() ? tree : Trees.with(tree, Map.of("instance-id", ""), "spec", "eni");
        return node.error().isEmpty()
                ? whole
                : Trees.with(whole, node.error().get(), "status", "ipam", "operator-status", "error");
    }

    static Map<String, Object> ciliumEndpoint(CiliumEndpoint endpoint, Instant created) {
        Map<String, Object> owned = Trees.with(
                named("cilium.io/v2", "CiliumEndpoint", endpoint.namespace(), endpoint.name(), created),
                List.of(Trees.of("apiVersion", "v1", "kind", "Pod", "name", endpoint.name())),
                "metadata",
                "ownerReferences");
        Map<String, Object> tree = Trees.with(owned, endpoint.state(), "status", "state");
        return endpoint.address().isEmpty()
                ? tree
                : Trees.with(
                        tree,
                        List.of(Trees.of("ipv4", endpoint.address().get())),
                        "status",
                        "networking",
                        "addressing");
    }

    static Map<String, Object> ciliumNodeConfig(CiliumNodeConfig config, Instant created) {
        return Trees.with(
                named("cilium.io/v2", "CiliumNodeConfig", config.namespace(), config.name(), created),
                Trees.of("nodeSelector", Trees.of("matchLabels", config.nodeSelector()), "defaults", config.defaults()),
                "spec");
    }

    static Map<String, Object> configMap(ConfigMap map, Instant created) {
        return Trees.with(named("v1", "ConfigMap", map.namespace(), map.name(), created), map.data(), "data");
    }

    private static Map<String, Object> named(String api, String kind, String namespace, String name, Instant created) {
        return MetaTrees.object(api, kind, new Identity(namespace, name, "", "", created), Map.of());
    }
}
