package io.cnishift.simulator.wrong;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteAddon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ways to install Cilium, right in themselves: what a mistake does wrong it does on top of them. */
final class Cilium {

    static final String VERSION = "1.18.3";

    private static final String ENABLED = "io.cilium/aws-node-enabled";
    private static final Map<String, Object> POOL =
            Map.of("operator", Map.of("clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16")));
    private static final Map<String, Object> UNWATCHED = Map.of("unmanagedPodWatcher", Map.of("restart", false));

    private Cilium() {}

    /** Cilium takes every node at once: new pods are on the overlay, old ones as they were. */
    static Map<String, Object> everywhere(Map<String, Object> more) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("ipam", POOL, "operator", UNWATCHED));
        values.putAll(more);
        return values;
    }

    /** Cilium beside the VPC CNI: it wires pods on no node, until a CiliumNodeConfig says so. */
    static Map<String, Object> beside(Map<String, Object> more) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of(
                "ipam", POOL,
                "operator", UNWATCHED,
                "cni", Map.of("customConf", true, "iptablesRemoveAWSRules", false)));
        values.putAll(more);
        return values;
    }

    /** Cilium behind the VPC CNI on every node. */
    static Map<String, Object> chained() {
        return Map.of(
                "operator",
                UNWATCHED,
                "cni",
                Map.of("chainingMode", "aws-cni", "exclusive", false),
                "enableIPv4Masquerade",
                false,
                "routingMode",
                "native",
                "endpointRoutes",
                Map.of("enabled", true));
    }

    /** Cilium in ENI mode on nodes that are not fenced for the VPC CNI. */
    static Map<String, Object> interfaces(Map<String, Object> more) {
        Map<String, Object> notOld = Map.of("key", ENABLED, "operator", "NotIn", "values", List.of("true"));
        Map<String, Object> terms = Map.of("nodeSelectorTerms", List.of(Map.of("matchExpressions", List.of(notOld))));
        Map<String, Object> values = new LinkedHashMap<>(Map.of(
                "eni", Map.of("enabled", true),
                "ipam", Map.of("mode", "eni"),
                "operator", UNWATCHED,
                "affinity", Map.of("nodeAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", terms))));
        values.putAll(more);
        return values;
    }

    /** The VPC CNI stays on the nodes that are there now, but for that one. */
    static void fence(TestCluster cluster, String but) {
        cluster.nodes().stream().filter(n -> !n.equals(but)).forEach(n -> cluster.label(n, ENABLED, "true"));
        cluster.template(
                TestCluster.daemonSet("aws-node"), Map.of("spec", Map.of("nodeSelector", Map.of(ENABLED, "true"))));
    }

    /**
     * New pods on that node come to Cilium once its agent has started. Cilium's operator is not there yet, so the definition that it
     * would make is made first.
     */
    static void takes(TestCluster cluster, String node) {
        cluster.does(new ApplyObject(Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", "ciliumnodeconfigs.cilium.io"),
                "spec",
                Map.of("group", "cilium.io", "scope", "Namespaced", "names", Map.of("kind", "CiliumNodeConfig")))));
        cluster.does(new ApplyObject(Map.of(
                "apiVersion",
                "cilium.io/v2",
                "kind",
                "CiliumNodeConfig",
                "metadata",
                Map.of("namespace", "kube-system", "name", "takes"),
                "spec",
                Map.of(
                        "nodeSelector", Map.of("matchLabels", Map.of("kubernetes.io/hostname", node)),
                        "defaults",
                                Map.of(
                                        "write-cni-conf-when-ready",
                                        "/host/etc/cni/net.d/05-cilium.conflist",
                                        "custom-cni-conf",
                                        "false",
                                        "cni-exclusive",
                                        "true")))));
    }

    /** Cilium on the last node and the VPC CNI on the others; answers the last node. */
    static String hybrid(TestCluster cluster, Map<String, Object> more) {
        List<String> nodes = cluster.nodes();
        String last = nodes.get(nodes.size() - 1);
        fence(cluster, last);
        takes(cluster, last);
        cluster.cilium(VERSION, beside(more));
        cluster.minutes(5);
        return last;
    }

    /** Every node is Cilium's and the VPC CNI is gone; pods that were there are not made again. */
    static void alone(TestCluster cluster, Map<String, Object> more) {
        cluster.cilium(VERSION, everywhere(more));
        cluster.minutes(5);
        cluster.does(new DeleteAddon("vpc-cni"));
        cluster.minutes(5);
    }
}
