package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects of the chart of the AWS Load Balancer Controller that matter to the simulated cluster. Its webhooks are fail-closed: until
 * the control plane reaches a pod of it, no Service and no Ingress is made. Source: eks-charts stable/aws-load-balancer-controller.
 */
final class BalancerChart {

    static final String NAME = "aws-load-balancer-controller";

    private static final String SERVICE = "aws-load-balancer-webhook-service";
    private static final String WEBHOOK = "aws-load-balancer-webhook";

    private BalancerChart() {}

    /** Why its templates refuse these values. */
    static Optional<String> failure(Map<String, Object> values) {
        return Tree.text(values, "clusterName").filter(name -> !name.isEmpty()).isPresent()
                ? Optional.empty()
                : Optional.of("Chart cannot be installed without a valid clusterName!");
    }

    static List<Map<String, Object>> render(String namespace, String release, Map<String, Object> values) {
        String name = release.contains(NAME) ? release : release + "-" + NAME;
        Map<String, String> labels = Map.of("app.kubernetes.io/name", NAME, "app.kubernetes.io/instance", release);
        return Stream.of(
                        account(namespace, name, values),
                        deployment(namespace, name, labels, values),
                        service(namespace, labels),
                        webhooks("MutatingWebhookConfiguration", namespace, "mservice", "", "services", "CREATE"),
                        webhooks(
                                "ValidatingWebhookConfiguration",
                                namespace,
                                "vingress",
                                "networking.k8s.io",
                                "ingresses",
                                "CREATE"),
                        object("networking.k8s.io/v1", "IngressClass", Trees.of("name", "alb"))
                                .with("spec", Map.of("controller", "ingress.k8s.aws/alb")))
                .map(Rendered::tree)
                .map(o -> Trees.with(
                        o,
                        Map.of("meta.helm.sh/release-name", release, "meta.helm.sh/release-namespace", namespace),
                        "metadata",
                        "annotations"))
                .map(o -> Trees.with(o, "Helm", "metadata", "labels", "app.kubernetes.io/managed-by"))
                .toList();
    }

    /** An object in the making. */
    private record Rendered(Map<String, Object> tree) {
        Rendered with(String key, Object value) {
            return new Rendered(Trees.with(tree, value, key));
        }
    }

    private static Rendered object(String api, String kind, Map<String, Object> metadata) {
        return new Rendered(Trees.of("apiVersion", api, "kind", kind, "metadata", metadata));
    }

    private static Rendered account(String namespace, String name, Map<String, Object> values) {
        return object("v1", "ServiceAccount", Trees.of("namespace", namespace, "name", accountName(name, values)));
    }

    private static String accountName(String name, Map<String, Object> values) {
        return Tree.text(values, "serviceAccount", "name").orElse(name);
    }

    private static Rendered deployment(
            String namespace, String name, Map<String, String> labels, Map<String, Object> values) {
        Map<String, Object> container = Trees.of(
                "name",
                NAME,
                "image",
                Tree.text(values, "image", "repository").orElse("public.ecr.aws/eks/" + NAME),
                "args",
                List.of("--cluster-name=" + Tree.text(values, "clusterName").orElse("")),
                "ports",
                List.of(Trees.of("name", "webhook-server", "containerPort", 9443L, "protocol", "TCP")),
                "resources",
                Map.of("requests", Map.of("cpu", "100m", "memory", "128Mi")),
                "readinessProbe",
                Trees.of(
                        "initialDelaySeconds",
                        10L,
                        "periodSeconds",
                        10L,
                        "httpGet",
                        Trees.of("path", "/readyz", "port", 61779L)));
        Map<String, Object> pod = Trees.of(
                "serviceAccountName",
                accountName(name, values),
                "priorityClassName",
                "system-cluster-critical",
                "hostNetwork",
                Tree.flag(values, "hostNetwork") ? true : null,
                "dnsPolicy",
                Tree.text(values, "dnsPolicy").orElse(null),
                "terminationGracePeriodSeconds",
                10L,
                "containers",
                List.of(container));
        return object("apps/v1", "Deployment", Trees.of("namespace", namespace, "name", name, "labels", labels))
                .with(
                        "spec",
                        Trees.of(
                                "replicas",
                                Tree.number(values, 2, "replicaCount"),
                                "selector",
                                Trees.of("matchLabels", labels),
                                "strategy",
                                Trees.of("type", "RollingUpdate"),
                                "template",
                                Trees.of("metadata", Trees.of("labels", labels), "spec", pod)));
    }

    private static Rendered service(String namespace, Map<String, String> labels) {
        return object("v1", "Service", Trees.of("namespace", namespace, "name", SERVICE))
                .with(
                        "spec",
                        Trees.of(
                                "type",
                                "ClusterIP",
                                "selector",
                                labels,
                                "ports",
                                List.of(Trees.of(
                                        "name",
                                        "webhook-server",
                                        "port",
                                        443L,
                                        "targetPort",
                                        "webhook-server",
                                        "protocol",
                                        "TCP"))));
    }

    private static Rendered webhooks(
            String kind, String namespace, String name, String group, String resources, String operation) {
        Map<String, Object> hook = Trees.of(
                "name",
                name + ".elbv2.k8s.aws",
                "clientConfig",
                Trees.of("service", Trees.of("namespace", namespace, "name", SERVICE, "port", 443L)),
                "failurePolicy",
                "Fail",
                "timeoutSeconds",
                10L,
                "sideEffects",
                "None",
                "rules",
                List.of(Trees.of(
                        "apiGroups",
                        List.of(group),
                        "apiVersions",
                        List.of("*"),
                        "resources",
                        List.of(resources),
                        "operations",
                        List.of(operation))));
        return object("admissionregistration.k8s.io/v1", kind, Trees.of("name", WEBHOOK))
                .with("webhooks", List.of(hook));
    }
}
