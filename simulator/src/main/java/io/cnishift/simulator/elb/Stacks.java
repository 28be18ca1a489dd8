package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.elb.ForwardAction.TargetGroupTuple;
import io.cnishift.simulator.elb.Stack.Backend;
import io.cnishift.simulator.elb.Stack.Listening;
import io.cnishift.simulator.elb.Stack.Route;
import io.cnishift.simulator.elb.Stack.Weight;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the controller makes of Ingresses and Services. A group of Ingresses is one load balancer: when one of them is
 * impossible (an instance target on a ClusterIP Service, a target group that is not there), the whole group stays as it is.
 */
final class Stacks {

    private static final String USE_ANNOTATION = "use-annotation";

    private final Kernel kernel;
    private final TargetGroups groups;

    Stacks(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        groups = TargetGroups.of(kernel);
    }

    /** Every load balancer that can be built now. */
    List<Stack> all() {
        List<Stack> stacks = new ArrayList<>();
        Map<String, List<Map<String, Object>>> groups = new TreeMap<>();
        for (Map<String, Object> ingress : kernel.objects().list("Ingress")) {
            if (ours(ingress)) {
                groups.computeIfAbsent(UrlPaths.stackOf(ingress), s -> new ArrayList<>())
                        .add(ingress);
            }
        }
        groups.forEach((id, ingresses) -> ingressStack(id, ingresses).ifPresent(stacks::add));
        for (Map<String, Object> service : kernel.objects().list("Service")) {
            if (networkBalanced(service)) {
                serviceStack(service).ifPresent(stacks::add);
            }
        }
        return stacks;
    }

    /** What somebody wants load balancers made of, possible or not. */
    Stream<Map<String, Object>> fronts() {
        return Stream.concat(
                kernel.objects().list("Ingress").stream().filter(this::ours),
                kernel.objects().list("Service").stream().filter(Stacks::networkBalanced));
    }

    /** The id of the load balancer that is made of an Ingress or a Service. */
    static String idOf(Map<String, Object> front) {
        return ObjectKey.of(front).kind().equals("Ingress") ? UrlPaths.stackOf(front) : nameOf(front);
    }

    /** By the controller of its class; one of which no more than the name was read is taken for what it is called. */
    private boolean ours(Map<String, Object> ingress) {
        if (Pods.terminating(ingress)) {
            return false;
        }
        String name = Tree.text(ingress, "spec", "ingressClassName")
                .orElse(Tree.strings(ingress, "metadata", "annotations")
                        .getOrDefault("kubernetes.io/ingress.class", ""));
        return kernel.objects().list("IngressClass").stream()
                .filter(c ->
                        Tree.text(c, "metadata", "name").filter(name::equals).isPresent())
                .flatMap(c -> Tree.text(c, "spec", "controller").stream())
                .findFirst()
                .map("ingress.k8s.aws/alb"::equals)
                .orElse(name.equals("alb"));
    }

    private static boolean networkBalanced(Map<String, Object> service) {
        String type = Annotations.of(service).service("type").orElse("");
        return Tree.text(service, "spec", "type").filter("LoadBalancer"::equals).isPresent()
                && !Pods.terminating(service)
                && (type.equals("external")
                        || type.equals("nlb-ip")
                        || Tree.text(service, "spec", "loadBalancerClass")
                                .filter("service.k8s.aws/nlb"::equals)
                                .isPresent());
    }

    private Optional<Stack> ingressStack(String id, List<Map<String, Object>> ingresses) {
        List<Route> routes = new ArrayList<>();
        for (Map<String, Object> ingress : ingresses) {
            for (Map<String, Object> rule : Tree.maps(ingress, "spec", "rules")) {
                String host =
                        Tree.text(rule, "host").map(h -> "host=" + h + " ").orElse("");
                for (Map<String, Object> path : Tree.maps(rule, "http", "paths")) {
                    Optional<List<Weight>> to = backends(ingress, path);
                    if (to.isEmpty()) {
                        return Optional.empty();
                    }
                    routes.add(
                            new Route(host + "path=" + Tree.text(path, "path").orElse("/"), to.get()));
                }
            }
        }
        Annotations first = Annotations.of(ingresses.get(0));
        boolean tls = first.ingress("certificate-arn").isPresent();
        return Optional.of(new Stack(
                "ingress",
                id,
                "application",
                first.ingress("scheme").orElse("internal"),
                List.of(new Listening(tls ? 443 : 80, tls ? "HTTPS" : "HTTP", routes))));
    }

    /** Where a path leads; empty when that cannot be built. */
    private Optional<List<Weight>> backends(Map<String, Object> ingress, Map<String, Object> path) {
        String service = Tree.text(path, "backend", "service", "name").orElse("");
        String port = Tree.text(path, "backend", "service", "port", "number")
                .or(() -> Tree.text(path, "backend", "service", "port", "name"))
                .orElse("");
        List<TargetGroupTuple> tuples = port.equals(USE_ANNOTATION)
                ? Annotations.of(ingress)
                        .ingress("actions." + service)
                        .flatMap(ForwardAction::parse)
                        .orElse(List.of())
                : List.of(TargetGroupTuple.of(service, port));
        List<Weight> weights = new ArrayList<>();
        for (TargetGroupTuple tuple : tuples) {
            int weight = tuple.weight().orElse(1);
            Optional<String> arn = tuple.targetGroupARN();
            if (arn.isPresent()) {
                if (groups.find(arn.get()).isEmpty()) {
                    return Optional.empty();
                }
                weights.add(Weight.of(arn.get(), weight));
                continue;
            }
            Optional<Map<String, Object>> target = kernel.objects()
                    .get(
                            "Service",
                            Tree.text(ingress, "metadata", "namespace").orElse(""),
                            tuple.serviceName().orElse(""));
            if (target.isPresent()) {
                Optional<Backend> backend =
                        backend(ingress, target.get(), tuple.servicePort().orElse(""));
                if (backend.isEmpty()) {
                    return Optional.empty();
                }
                weights.add(Weight.of(backend.get(), weight));
            }
        }
        return Optional.of(weights);
    }

    private static Optional<Backend> backend(Map<String, Object> ingress, Map<String, Object> service, String port) {
        Annotations annotations = Annotations.of(ingress).under(service);
        String targetType = annotations.ingress("target-type").orElse("instance");
        Optional<Map<String, Object>> found = ServicePorts.find(service, port);
        if (found.isEmpty() || impossible(service, targetType)) {
            return Optional.empty();
        }
        String namespace = Tree.text(service, "metadata", "namespace").orElse("");
        String name = Tree.text(service, "metadata", "name").orElse("");
        return Optional.of(new Backend(
                nameOf(ingress) + "-" + name + ":" + port,
                namespace,
                name,
                port,
                targetType,
                annotations.ingress("backend-protocol").orElse("HTTP"),
                ServicePorts.trafficPort(found.get(), targetType),
                annotations.number(annotations.ingress("healthcheck-interval-seconds"), 15),
                annotations.number(annotations.ingress("healthy-threshold-count"), 2),
                annotations.deregistrationDelay(annotations.ingress("target-group-attributes"), 300)));
    }

    private static Optional<Stack> serviceStack(Map<String, Object> service) {
        Annotations annotations = Annotations.of(service);
        String byType = annotations.service("type").filter("nlb-ip"::equals).isPresent() ? "ip" : "instance";
        String targetType = annotations.service("nlb-target-type").orElse(byType);
        List<Listening> listeners = new ArrayList<>();
        for (Map<String, Object> port : Tree.maps(service, "spec", "ports")) {
            String number = String.valueOf(Tree.number(port, 0, "port"));
            Backend backend = new Backend(
                    nameOf(service) + ":" + number,
                    Tree.text(service, "metadata", "namespace").orElse(""),
                    Tree.text(service, "metadata", "name").orElse(""),
                    number,
                    targetType,
                    Tree.text(port, "protocol").orElse("TCP"),
                    ServicePorts.trafficPort(port, targetType),
                    annotations.number(annotations.service("healthcheck-interval"), 10),
                    annotations.number(annotations.service("healthcheck-healthy-threshold"), 3),
                    annotations.deregistrationDelay(annotations.service("target-group-attributes"), 300));
            listeners.add(new Listening(
                    Integer.parseInt(number), "TCP", List.of(new Route("default", List.of(Weight.of(backend, 1))))));
        }
        String scheme = annotations.service("scheme").orElse("internal");
        return Optional.of(new Stack("service", nameOf(service), "network", scheme, listeners));
    }

    private static boolean impossible(Map<String, Object> service, String targetType) {
        return targetType.equals("instance")
                && Tree.text(service, "spec", "type").orElse("ClusterIP").equals("ClusterIP");
    }

    private static String nameOf(Map<String, Object> object) {
        return Tree.text(object, "metadata", "namespace").orElse("") + "/"
                + Tree.text(object, "metadata", "name").orElse("");
    }
}
