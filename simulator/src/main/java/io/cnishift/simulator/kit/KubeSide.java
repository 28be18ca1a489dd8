package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.AdmissionPolicy;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Endpoints.Endpoint;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The Kubernetes parts of a cluster of {@link Clusters}. */
final class KubeSide {

    private static final Instant CREATED = Instant.parse("2026-03-02T09:00:00Z");
    private static final String VERSION = "1000";
    private static final int FIRST_EXTRA = 10;

    private final Layout layout;
    private final Placement placement;

    KubeSide(Layout layout, Placement placement) {
        this.layout = layout;
        this.placement = placement;
    }

    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        for (String name : List.of("default", "kube-system", "web", Extra.NAMESPACE)) {
            if (name.equals(Extra.NAMESPACE) && layout.extras().isEmpty()) {
                continue;
            }
            String uid = name.equals("kube-system") ? "5e9f7c1e-0000-4000-8000-000000000001" : Apps.uid("ns" + name);
            all.add(new Namespace(name, uid, Map.of("kubernetes.io/metadata.name", name), false));
        }
        placement.hosts().forEach(h -> all.add(node(h)));
        Apps.all(layout).forEach(a -> all.add(workload(a)));
        placement.pods().forEach(p -> all.add(pod(p)));
        all.addAll(services());
        all.add(ingress());
        all.add(new TargetGroupBinding(
                "web", "k8s-web-web-0123456789", Layout.TARGET_GROUP, "web", "80", layout.targetType(), false));
        all.add(budget("web", "web", Map.of("app", "web"), layout.webReplicas()));
        all.add(budget("kube-system", "coredns", Map.of("k8s-app", "kube-dns"), 2));
        layout.extras().forEach(e -> all.addAll(budgets(e)));
        all.add(webhook());
        all.add(new ConfigMap("kube-system", "amazon-vpc-cni", Map.of("enable-network-policy-controller", "false")));
        all.add(new ConfigMap("kube-system", "kube-proxy-config", Map.of("config", "mode: \"iptables\"\n")));
        all.add(new ConfigMap("kube-system", "coredns", Map.of("Corefile", ".:53 {\n}\n")));
        return all;
    }

    private Node node(Placement.Host host) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("kubernetes.io/hostname", host.name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("node.kubernetes.io/instance-type", layout.instanceType());
        labels.put("topology.kubernetes.io/region", Layout.REGION);
        labels.put("topology.kubernetes.io/zone", Layout.zone(host.index()));
        if (!layout.selfManaged()) {
            labels.put("eks.amazonaws.com/nodegroup", Clusters.GROUP);
            labels.put("eks.amazonaws.com/nodegroup-image", Layout.IMAGE);
            labels.put("eks.amazonaws.com/capacityType", layout.spot() ? "SPOT" : "ON_DEMAND");
        }
        return new Node(
                host.name(),
                Apps.uid(host.name()),
                VERSION,
                Optional.of(host.instance()),
                labels,
                Map.of(),
                List.of(),
                false,
                true,
                layout.maxPods(),
                1930,
                7000,
                "6.12.46-66.121.amzn2023.x86_64",
                "amd64",
                "Amazon Linux 2023.9.20261014",
                host.address(),
                CREATED);
    }

    private Workload workload(Apps.App app) {
        int replicas = app.daemon() ? layout.nodes() : app.replicas();
        return new Workload(
                app.kind(),
                app.namespace(),
                app.name(),
                Apps.uid(app.name()),
                VERSION,
                1,
                1,
                replicas,
                replicas,
                replicas,
                replicas,
                app.strategy(),
                app.kind().equals("Deployment") && app.strategy().equals("RollingUpdate")
                        ? Optional.of("25%")
                        : Optional.empty(),
                app.away(),
                false,
                Map.of("matchLabels", app.labels()),
                app.labels(),
                app.labels(),
                Map.of(),
                app.podSpec(),
                List.of(),
                false,
                app.owner().kind() == Owner.Kind.EKS_ADDON ? eksFields(app) : List.of(),
                app.name().equals("aws-node") ? heldFields() : List.of(),
                app.owner());
    }

    private List<String> heldFields() {
        return layout.held().stream()
                .map(name -> "spec.template.spec.containers[aws-node].env[" + name + "].value")
                .sorted()
                .toList();
    }

    private static List<String> eksFields(Apps.App app) {
        return List.of(
                "spec.template.spec.affinity.nodeAffinity",
                "spec.template.spec.containers[" + app.name() + "].image",
                "spec.template.spec.hostNetwork",
                "spec.template.spec.tolerations");
    }

    private static Pod pod(Placement.Placed placed) {
        Apps.App app = placed.app();
        Map<String, String> labels = new LinkedHashMap<>(app.labels());
        if (app.kind().equals("Deployment")) {
            labels.put("pod-template-hash", Apps.HASH);
        }
        KubeProjection.Requests requests = KubeProjection.requests(app.podSpec());
        return new Pod(
                app.namespace(),
                placed.podName(),
                Apps.uid(placed.podName()),
                VERSION,
                Optional.of(placed.owner()),
                Optional.of(placed.host().name()),
                Pod.Phase.RUNNING,
                true,
                placed.address(),
                app.hostNetwork(),
                KubeProjection.hostPorts(app.podSpec()),
                labels,
                Map.of(),
                requests.cpuMillis(),
                requests.memoryMiB(),
                Tree.maps(app.podSpec(), "volumes").stream()
                        .map(v -> new Pod.PodVolume("emptyDir", Optional.empty()))
                        .toList(),
                Tree.text(app.podSpec(), "serviceAccountName").orElse("default"),
                Tree.number(app.podSpec(), 30, "terminationGracePeriodSeconds"),
                false,
                0,
                Optional.empty(),
                CREATED);
    }

    private List<Resource> services() {
        List<Resource> all = new ArrayList<>();
        all.add(service("default", "kubernetes", "10.100.0.1", Map.of(), 443, "443", "tcp"));
        all.add(new Endpoints(
                "default",
                "kubernetes",
                List.of(
                        new Endpoint(layout.cidr(0).address(4), Optional.empty(), Optional.empty(), true),
                        new Endpoint(layout.cidr(1).address(4), Optional.empty(), Optional.empty(), true))));
        all.add(service("kube-system", "kube-dns", "10.100.0.10", Map.of("k8s-app", "kube-dns"), 53, "53", "udp"));
        all.add(endpoints("kube-system", "kube-dns", "coredns"));
        Map<String, String> controller = Map.of("app.kubernetes.io/name", "aws-load-balancer-controller");
        all.add(service(
                "kube-system", "aws-load-balancer-webhook-service", "10.100.0.20", controller, 443, "9443", "tcp"));
        all.add(endpoints("kube-system", "aws-load-balancer-webhook-service", "aws-load-balancer-controller"));
        all.add(service("web", "web", "10.100.0.30", Map.of("app", "web"), 80, "serve", "tcp"));
        all.add(endpoints("web", "web", "web"));
        all.add(service("web", "api", "10.100.0.31", Map.of("app", "api"), 80, "serve", "tcp"));
        all.add(endpoints("web", "api", "api"));
        int last = FIRST_EXTRA;
        for (Extra extra : layout.extras()) {
            if (extra.served()) {
                Map<String, String> selector = Map.of("app", extra.name());
                all.add(service(Extra.NAMESPACE, extra.name(), "10.100.1." + last++, selector, 80, "serve", "tcp"));
                all.add(endpoints(Extra.NAMESPACE, extra.name(), extra.name()));
            }
        }
        return all;
    }

    private Service service(
            String namespace,
            String name,
            String address,
            Map<String, String> selector,
            int port,
            String target,
            String protocol) {
        boolean nodePort = name.equals("web") && layout.instanceTargets();
        return new Service(
                namespace,
                name,
                Apps.uid("svc" + name),
                VERSION,
                nodePort ? "NodePort" : "ClusterIP",
                Optional.of(address),
                selector,
                List.of(new Service.Port(
                        "main",
                        protocol,
                        port,
                        target,
                        nodePort ? OptionalInt.of(Layout.NODE_PORT) : OptionalInt.empty())),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    private Endpoints endpoints(String namespace, String service, String app) {
        return new Endpoints(
                namespace,
                service,
                placement.pods().stream()
                        .filter(p -> p.app().name().equals(app))
                        .map(p -> new Endpoint(
                                p.address().orElseThrow(),
                                Optional.of(p.podName()),
                                Optional.of(p.host().name()),
                                true))
                        .toList());
    }

    private Ingress ingress() {
        return new Ingress(
                "web",
                "web",
                Apps.uid("ingress"),
                VERSION,
                "alb",
                List.of(new Ingress.Rule("", "/", "Prefix", "web", "80")),
                Optional.of("k8s-web-0123456789." + Layout.REGION + ".elb.amazonaws.com"),
                Map.of(),
                Map.of(
                        "alb.ingress.kubernetes.io/scheme",
                        "internet-facing",
                        "alb.ingress.kubernetes.io/target-type",
                        layout.targetType()),
                layout.owner(),
                false);
    }

    private static List<Budget> budgets(Extra extra) {
        List<Budget> all = new ArrayList<>();
        for (String most : extra.budgets()) {
            int away = most.endsWith("%")
                    ? (extra.replicas() * Integer.parseInt(most.substring(0, most.length() - 1)) + 99) / 100
                    : Math.min(extra.replicas(), Integer.parseInt(most));
            String name = extra.name() + "-" + all.size();
            all.add(new Budget(
                    Extra.NAMESPACE,
                    name,
                    Apps.uid("budget" + name),
                    Map.of("matchLabels", Map.of("app", extra.name())),
                    Optional.empty(),
                    Optional.of(most),
                    away,
                    extra.replicas(),
                    extra.replicas() - away,
                    extra.replicas(),
                    false));
        }
        return all;
    }

    private static Budget budget(String namespace, String name, Map<String, String> labels, int pods) {
        return new Budget(
                namespace,
                name,
                Apps.uid("budget" + name),
                Map.of("matchLabels", labels),
                Optional.empty(),
                Optional.of("1"),
                1,
                pods,
                pods - 1,
                pods,
                false);
    }

    static List<Resource> policyEngine() {
        Map<String, Object> elsewhere = Map.of(
                "matchExpressions",
                List.of(Map.of(
                        "key", "kubernetes.io/metadata.name", "operator", "NotIn", "values", List.of("kube-system"))));
        return List.of(
                new AdmissionPolicy(
                        AdmissionPolicy.Engine.KYVERNO,
                        "disallow-host-namespaces",
                        "host-namespaces",
                        List.of(AdmissionPolicy.Forbidden.HOST_NETWORK),
                        List.of(),
                        List.of(),
                        true,
                        "Pods may not use the host network."),
                new ControlPlaneCall(
                        ControlPlaneCall.Kind.VALIDATING,
                        "kyverno-resource-validating-webhook-cfg/validate.kyverno.svc-fail",
                        Optional.of("web/api"),
                        80,
                        Optional.empty(),
                        true,
                        10,
                        List.of(new ControlPlaneCall.Rule(
                                List.of("", "apps"), List.of("pods", "deployments"), List.of("CREATE", "UPDATE"))),
                        elsewhere,
                        false));
    }

    private static ControlPlaneCall webhook() {
        return new ControlPlaneCall(
                ControlPlaneCall.Kind.MUTATING,
                "aws-load-balancer-webhook/mservice.elbv2.k8s.aws",
                Optional.of("kube-system/aws-load-balancer-webhook-service"),
                443,
                Optional.empty(),
                true,
                10,
                List.of(new ControlPlaneCall.Rule(List.of(""), List.of("services"), List.of("CREATE"))),
                Map.of(),
                false);
    }
}
