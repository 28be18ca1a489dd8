package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workloads of the cilium chart: agents, Envoy and the operator on the host's network; Hubble's relay and interface as
 * ordinary pods. Source: cilium/charts templates/cilium-agent, cilium-envoy, cilium-operator, hubble-relay, hubble-ui.
 */
final class ChartWorkloads {

    private static final List<Map<String, Object>> EVERYWHERE = List.of(Map.of("operator", "Exists"));

    private final ReleaseValues v;
    private final Map<String, Object> config;

    private ChartWorkloads(ReleaseValues values, Map<String, Object> config) {
        v = values;
        this.config = config;
    }

    static List<Map<String, Object>> of(ReleaseValues values, Map<String, Object> config) {
        ChartWorkloads chart = new ChartWorkloads(values, config);
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(chart.agents());
        if (values.on("envoy.enabled", true)) {
            all.add(chart.envoy());
        }
        if (values.on("operator.enabled", true)) {
            all.add(chart.operator());
        }
        for (String part : List.of("relay", "ui")) {
            if (values.on("hubble." + part + ".enabled", false)) {
                all.add(chart.hubble(part));
            }
        }
        return all;
    }

    private Map<String, Object> agents() {
        Map<String, Object> container = Trees.of(
                "name",
                "cilium-agent",
                "image",
                v.text("image.repository", "quay.io/cilium/cilium") + ":v" + v.version(),
                "env",
                apiServer(),
                "ports",
                v.on("hubble.enabled", true) ? List.of(hostPort("peer-service", 4244)) : null,
                "lifecycle",
                removesAwsRules() ? Map.of("postStart", Map.of("exec", Map.of())) : null);
        Map<String, Object> spec = Trees.of(
                "affinity",
                v.map("affinity").isEmpty() ? apart("k8s-app", "cilium") : v.map("affinity"),
                "tolerations",
                v.at("tolerations").orElse(EVERYWHERE),
                "nodeSelector",
                linux(v.map("nodeSelector")),
                "hostNetwork",
                true,
                "priorityClassName",
                "system-node-critical",
                "serviceAccountName",
                "cilium",
                "terminationGracePeriodSeconds",
                1L,
                "containers",
                List.of(container));
        return daemonSet("cilium", Map.of("k8s-app", "cilium"), spec, v.on("rollOutCiliumPods", false), 2);
    }

    private Map<String, Object> envoy() {
        Map<String, Object> beside = Map.of(
                "podAffinity",
                Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term("k8s-app", "cilium"))));
        Map<String, Object> container = Trees.of(
                "name",
                "cilium-envoy",
                "image",
                v.text("envoy.image.repository", "quay.io/cilium/cilium-envoy") + ":v" + v.version(),
                "env",
                apiServer(),
                "ports",
                List.of(hostPort("envoy-metrics", 9964)));
        Map<String, Object> spec = Trees.of(
                "affinity",
                v.map("envoy.affinity").isEmpty() ? beside : v.map("envoy.affinity"),
                "tolerations",
                v.at("envoy.tolerations").orElse(EVERYWHERE),
                "nodeSelector",
                linux(v.map("envoy.nodeSelector")),
                "hostNetwork",
                true,
                "priorityClassName",
                "system-node-critical",
                "serviceAccountName",
                "cilium-envoy",
                "terminationGracePeriodSeconds",
                1L,
                "containers",
                List.of(container));
        return daemonSet("cilium-envoy", Map.of("k8s-app", "cilium-envoy"), spec, false, 2);
    }

    private Map<String, Object> operator() {
        Map<String, String> labels = Map.of("io.cilium/app", "operator", "name", "cilium-operator");
        String image = v.text("operator.image.repository", "quay.io/cilium/operator") + (v.eni() ? "-aws" : "-generic")
                + ":v" + v.version();
        Map<String, Object> container = Trees.of(
                "name",
                "cilium-operator",
                "image",
                image,
                "env",
                apiServer(),
                "ports",
                List.of(hostPort("health", 9234)));
        Map<String, Object> spec = Trees.of(
                "affinity",
                v.map("operator.affinity").isEmpty() ? apart("io.cilium/app", "operator") : v.map("operator.affinity"),
                "tolerations",
                v.at("operator.tolerations").orElse(operatorTolerations()),
                "nodeSelector",
                linux(v.map("operator.nodeSelector")),
                "hostNetwork",
                true,
                "priorityClassName",
                "system-cluster-critical",
                "serviceAccountName",
                "cilium-operator",
                "containers",
                List.of(container));
        Map<String, Object> update = Map.of("maxSurge", "25%", "maxUnavailable", "50%");
        return deployment("cilium-operator", labels, v.number("operator.replicas", 2), spec, update);
    }

    private Map<String, Object> hubble(String part) {
        String name = "hubble-" + part;
        Map<String, Object> container = Trees.of(
                "name",
                name,
                "image",
                v.text(
                                "hubble." + (part.equals("ui") ? "ui.frontend" : part) + ".image.repository",
                                "quay.io/cilium/" + name)
                        + ":v" + v.version());
        Map<String, Object> spec = Trees.of(
                "nodeSelector", linux(v.map("hubble." + part + ".nodeSelector")),
                "tolerations", v.at("hubble." + part + ".tolerations").orElse(null),
                "serviceAccountName", name,
                "containers", List.of(container));
        int replicas = v.number("hubble." + part + ".replicas", 1);
        return deployment(name, Map.of("k8s-app", name), replicas, spec, Map.of("maxUnavailable", 1));
    }

    /** From 1.18 on the operator no longer tolerates every taint. */
    private List<Map<String, Object>> operatorTolerations() {
        if (v.minor() < 18) {
            return EVERYWHERE;
        }
        return List.of(
                Map.of("key", "node-role.kubernetes.io/control-plane", "operator", "Exists"),
                Map.of("key", "node-role.kubernetes.io/master", "operator", "Exists"),
                Map.of("key", "node.kubernetes.io/not-ready", "operator", "Exists"),
                Map.of("key", "node.cloudprovider.kubernetes.io/uninitialized", "operator", "Exists"),
                Map.of("key", v.text("agentNotReadyTaintKey", "node.cilium.io/agent-not-ready"), "operator", "Exists"));
    }

    private boolean removesAwsRules() {
        return v.on("cni.iptablesRemoveAWSRules", true) && !v.chainingMode().equals("aws-cni");
    }

    private List<Map<String, Object>> apiServer() {
        String host = v.text("k8sServiceHost", "");
        if (host.isEmpty()) {
            return List.of();
        }
        return List.of(
                Trees.of("name", "KUBERNETES_SERVICE_HOST", "value", host),
                Trees.of("name", "KUBERNETES_SERVICE_PORT", "value", v.text("k8sServicePort", "443")));
    }

    private Map<String, Object> daemonSet(
            String name, Map<String, String> labels, Map<String, Object> spec, boolean rolls, int unavailable) {
        Map<String, Object> annotations = rolls
                ? Trees.of("cilium.io/cilium-configmap-checksum", Integer.toHexString(config.hashCode()))
                : Map.of();
        Map<String, Object> update =
                Trees.of("type", "RollingUpdate", "rollingUpdate", Trees.of("maxUnavailable", unavailable));
        return object(
                "DaemonSet",
                name,
                labels,
                Trees.of(
                        "selector", Trees.of("matchLabels", labels),
                        "updateStrategy", update,
                        "template", template(labels, annotations, spec)));
    }

    private static Map<String, Object> deployment(
            String name,
            Map<String, String> labels,
            int replicas,
            Map<String, Object> spec,
            Map<String, Object> update) {
        return object(
                "Deployment",
                name,
                labels,
                Trees.of(
                        "replicas", replicas,
                        "selector", Trees.of("matchLabels", labels),
                        "strategy", Trees.of("type", "RollingUpdate", "rollingUpdate", update),
                        "template", template(labels, Map.of(), spec)));
    }

    private static Map<String, Object> template(
            Map<String, String> labels, Map<String, Object> annotations, Map<String, Object> spec) {
        Map<String, Object> metadata =
                Trees.of("labels", labels, "annotations", annotations.isEmpty() ? null : annotations);
        return Trees.of("metadata", metadata, "spec", spec);
    }

    private static Map<String, Object> object(
            String kind, String name, Map<String, String> labels, Map<String, Object> spec) {
        Map<String, Object> all = new LinkedHashMap<>(labels);
        all.put("app.kubernetes.io/part-of", "cilium");
        all.put("app.kubernetes.io/managed-by", "Helm");
        return Trees.of(
                "apiVersion", "apps/v1", "kind", kind, "metadata", Trees.of("name", name, "labels", all), "spec", spec);
    }

    private static Map<String, Object> hostPort(String name, int port) {
        return Trees.of("name", name, "containerPort", (long) port, "hostPort", (long) port, "protocol", "TCP");
    }

    private static Map<String, Object> linux(Map<String, Object> more) {
        return more.isEmpty() ? Map.of("kubernetes.io/os", "linux") : Tree.copy(more);
    }

    private static Map<String, Object> apart(String label, String value) {
        return Map.of(
                "podAntiAffinity",
                Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term(label, value))));
    }

    private static Map<String, Object> term(String label, String value) {
        return Map.of(
                "labelSelector", Map.of("matchLabels", Map.of(label, value)), "topologyKey", "kubernetes.io/hostname");
    }
}
