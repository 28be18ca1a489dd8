package io.cnishift.cli.redact;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the names that somebody chose in the tree of a snapshot. */
final class Chosen {

    private static final Set<String> NAMES = Set.of(
            "name",
            "namespace",
            "service",
            "serviceAccount",
            "autoScalingGroup",
            "nodeGroup",
            "host",
            "claim",
            "group",
            "className",
            "release",
            "priorityClass");
    private static final Set<String> LABELS =
            Set.of("labels", "templateLabels", "matchLabels", "selector", "nodeSelector");
    private static final Set<String> OWN_LABELS =
            Set.of("pod-template-hash", "controller-revision-hash", "pod-template-generation", "k8s-app");
    private static final Set<String> NOT_CHOSEN =
            Set.of("addons", "nodes", "controlPlaneCalls", "configMaps", "storageClasses");
    private static final Set<String> PUBLIC_SPACES = Set.of(
            "kube-system",
            "kube-public",
            "kube-node-lease",
            "amazon-cloudwatch",
            "amazon-guardduty",
            "argocd",
            "calico-system",
            "cert-manager",
            "cilium",
            "external-secrets",
            "flux-system",
            "gatekeeper-system",
            "ingress-nginx",
            "istio-system",
            "karpenter",
            "keda",
            "kyverno",
            "linkerd",
            "monitoring",
            "tigera-operator");
    private static final Set<String> PUBLIC_NAMES = Set.of(
            "default",
            "kubernetes",
            "nginx",
            "httpd",
            "http",
            "https",
            "tcp",
            "udp",
            "metrics",
            "web",
            "api",
            "app",
            "grpc",
            "cilium",
            "coredns",
            "kube-dns",
            "aws-node",
            "kube-proxy",
            "metrics-server",
            "cluster-autoscaler",
            "external-dns",
            "aws-load-balancer-controller",
            "karpenter",
            "prometheus",
            "grafana",
            "fluent-bit",
            "node-exporter",
            "local",
            "helm",
            "general",
            "true",
            "false",
            "linux",
            "amd64",
            "arm64",
            "alb",
            "nlb",
            "none",
            "controller",
            "webhook",
            "name");

    private final Set<String> names = new TreeSet<>();

    /** The names in that tree. */
    static Set<String> in(Map<?, ?> snapshot) {
        Chosen chosen = new Chosen();
        snapshot.forEach((part, value) -> {
            if (!NOT_CHOSEN.contains(String.valueOf(part))) {
                chosen.walk(value);
            }
        });
        chosen.names.removeAll(PUBLIC_NAMES);
        chosen.names.removeAll(PUBLIC_SPACES);
        chosen.names.removeIf(n -> n.length() < 3 || n.startsWith(Names.DUALSTACK) || n.matches("[0-9.]+|ip-\\d.*"));
        return chosen.names;
    }

    /** Pods and what controls them are named after their workloads, and have to be so afterwards. */
    private void walk(Object value) {
        if (value instanceof Iterable<?> list) {
            list.forEach(this::walk);
        }
        if (value instanceof Map<?, ?> object && !PUBLIC_SPACES.contains(String.valueOf(object.get("namespace")))) {
            boolean owned = object.containsKey("controller");
            object.forEach((key, inner) -> {
                if (inner instanceof String text
                        && NAMES.contains(String.valueOf(key))
                        && !(owned && key.equals("name"))) {
                    name(text);
                } else if (inner instanceof Map<?, ?> labels && LABELS.contains(String.valueOf(key))) {
                    labels.forEach((label, v) -> label(String.valueOf(label), v));
                }
                if (!key.equals("controller")) {
                    walk(inner);
                }
            });
        }
    }

    private void name(String text) {
        List<String> parts = List.of(text.split("/", -1));
        if (!PUBLIC_SPACES.contains(parts.get(0)) || parts.size() == 1) {
            names.addAll(parts);
        }
    }

    /** Labels of public domains have public values, such as zones and types. */
    private void label(String key, Object value) {
        boolean known = key.contains("/") && Names.hosts(key).isEmpty() && !key.startsWith("app.kubernetes.io/");
        boolean common = known || OWN_LABELS.contains(key);
        if (!common && value instanceof String text) {
            names.add(text);
        }
    }
}
