package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.Owner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The workloads of a cluster of {@link Clusters}. */
final class Apps {

    static final String HASH = "7c9d8b5f6";

    /**
     * A workload.
     *
     * @param port container port that it serves; 0 for none
     */
    record App(
            String kind,
            String namespace,
            String name,
            Map<String, String> labels,
            int replicas,
            int port,
            Owner owner,
            Map<String, Object> podSpec,
            String strategy,
            Optional<String> away) {
        App(
                String kind,
                String namespace,
                String name,
                Map<String, String> labels,
                int replicas,
                int port,
                Owner owner,
                Map<String, Object> podSpec) {
            this(
                    kind,
                    namespace,
                    name,
                    labels,
                    replicas,
                    port,
                    owner,
                    podSpec,
                    "RollingUpdate",
                    Optional.of(kind.equals("DaemonSet") ? "10%" : "25%"));
        }

        boolean daemon() {
            return kind.equals("DaemonSet");
        }

        boolean hostNetwork() {
            return Boolean.TRUE.equals(podSpec.get("hostNetwork"));
        }
    }

    private Apps() {}

    static List<App> all(Layout layout) {
        return Stream.concat(usual(layout).stream(), layout.extras().stream().map(Apps::extra))
                .toList();
    }

    private static App extra(Extra extra) {
        Map<String, Object> spec = serving(extra.name(), "example.org/" + extra.name() + ":1", 8080, "50m", "64Mi");
        if (extra.scratch()) {
            spec.put("volumes", List.of(Map.of("name", "scratch", "emptyDir", Map.of())));
        }
        spec.putAll(extra.spec());
        return new App(
                extra.kind(),
                Extra.NAMESPACE,
                extra.name(),
                Map.of("app", extra.name()),
                extra.replicas(),
                8080,
                Owner.NONE,
                spec,
                extra.strategy(),
                extra.away());
    }

    private static List<App> usual(Layout layout) {
        return List.of(
                daemon("aws-node", "vpc-cni", Map.of("k8s-app", "aws-node"), awsNode(layout)),
                daemon(
                        "kube-proxy",
                        "kube-proxy",
                        Map.of("k8s-app", "kube-proxy"),
                        hosted("kube-proxy", "eks/kube-proxy", 10256)),
                daemon(
                        "eks-pod-identity-agent",
                        "eks-pod-identity-agent",
                        Map.of("app.kubernetes.io/name", "eks-pod-identity-agent"),
                        hosted("eks-pod-identity-agent", "eks/eks-pod-identity-agent", 80)),
                new App(
                        "Deployment",
                        "kube-system",
                        "coredns",
                        Map.of("k8s-app", "kube-dns"),
                        2,
                        53,
                        new Owner(Owner.Kind.EKS_ADDON, "coredns"),
                        serving("coredns", "eks/coredns:v1.12.4-eksbuild.1", 53, "100m", "70Mi")),
                new App(
                        "Deployment",
                        "kube-system",
                        "aws-load-balancer-controller",
                        Map.of("app.kubernetes.io/name", "aws-load-balancer-controller"),
                        2,
                        9443,
                        new Owner(Owner.Kind.HELM, "kube-system/aws-load-balancer-controller"),
                        serving(
                                "aws-load-balancer-controller",
                                "public.ecr.aws/eks/aws-load-balancer-controller:v2.14.1",
                                9443,
                                "100m",
                                "128Mi")),
                new App(
                        "Deployment",
                        "web",
                        "web",
                        Map.of("app", "web"),
                        layout.webReplicas(),
                        8080,
                        layout.owner(),
                        held(layout, serving("web", "example.org/web:1", 8080, "100m", "128Mi"))),
                new App(
                        "Deployment",
                        "web",
                        "api",
                        Map.of("app", "api"),
                        2,
                        9090,
                        layout.owner(),
                        held(layout, serving("api", "example.org/api:1", 9090, "100m", "128Mi"))));
    }

    /** A UID that depends on the name alone. */
    static String uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static App daemon(String name, String addon, Map<String, String> labels, Map<String, Object> podSpec) {
        return new App("DaemonSet", "kube-system", name, labels, 0, 0, new Owner(Owner.Kind.EKS_ADDON, addon), podSpec);
    }

    private static Map<String, Object> hosted(String name, String image, int port) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("hostNetwork", true);
        spec.put("priorityClassName", "system-node-critical");
        spec.put("tolerations", List.of(Map.of("operator", "Exists")));
        spec.put(
                "containers",
                List.of(Map.of(
                        "name",
                        name,
                        "image",
                        image + ":v1",
                        "ports",
                        List.of(port(port)),
                        "resources",
                        requests("100m", "30Mi"))));
        return spec;
    }

    private static Map<String, Object> awsNode(Layout layout) {
        List<Object> env = new ArrayList<>();
        layout.env().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> env.add(Map.of("name", e.getKey(), "value", e.getValue())));
        Map<String, Object> spec = new LinkedHashMap<>(hosted("aws-node", "amazon-k8s-cni", 61678));
        spec.put("serviceAccountName", "aws-node");
        spec.put(
                "affinity",
                Map.of(
                        "nodeAffinity",
                        Map.of(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                Map.of(
                                        "nodeSelectorTerms",
                                        List.of(Map.of(
                                                "matchExpressions",
                                                List.of(
                                                        expression("kubernetes.io/os", "In", "linux"),
                                                        expression(
                                                                "eks.amazonaws.com/compute-type",
                                                                "NotIn",
                                                                "fargate"))))))));
        spec.put(
                "containers",
                List.of(Map.of(
                        "name",
                        "aws-node",
                        "image",
                        "602401143452.dkr.ecr." + Layout.REGION + ".amazonaws.com/amazon-k8s-cni:v1.20.4-eksbuild.2",
                        "ports",
                        List.of(port(61678)),
                        "resources",
                        requests("25m", "30Mi"),
                        "env",
                        env)));
        return spec;
    }

    private static Map<String, Object> serving(String name, String image, int port, String cpu, String memory) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("serviceAccountName", name);
        spec.put("terminationGracePeriodSeconds", 30);
        spec.put(
                "containers",
                List.of(Map.of(
                        "name",
                        name,
                        "image",
                        image,
                        "ports",
                        List.of(Map.of("name", "serve", "containerPort", port, "protocol", "TCP")),
                        "resources",
                        requests(cpu, memory),
                        "readinessProbe",
                        Map.of("initialDelaySeconds", 2, "periodSeconds", 5))));
        return spec;
    }

    /** Manifests of an owner state what others leave to the default. */
    private static Map<String, Object> held(Layout layout, Map<String, Object> spec) {
        if (!layout.owner().equals(Owner.NONE)) {
            spec.put("hostNetwork", false);
        }
        return spec;
    }

    private static Map<String, Object> port(int number) {
        return Map.of("containerPort", number, "protocol", "TCP");
    }

    private static Map<String, Object> requests(String cpu, String memory) {
        return Map.of("requests", Map.of("cpu", cpu, "memory", memory));
    }

    private static Map<String, Object> expression(String key, String operator, String value) {
        return Map.of("key", key, "operator", operator, "values", List.of(value));
    }
}
