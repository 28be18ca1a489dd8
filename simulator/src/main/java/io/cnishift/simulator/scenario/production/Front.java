package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Endpoints.Endpoint;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Listener;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.cluster.TargetGroupBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Services and who comes in by them: an ALB of the group {@code shop} with ip targets, an ALB with instance targets for
 * partners, and two network load balancers, one of each target type.
 */
final class Front {

    /** Namespaces whose Ingresses share one load balancer. */
    static final List<String> SHOP = List.of("checkout", "catalog", "search", "accounts");

    /** The order that the controller gives their rules. */
    private static final Comparator<String> LONGER_FIRST =
            Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private static final String PORTAL = "partners/portal";
    private static final String GATEWAY = "edge/gateway";
    private static final String MQTT = "edge/mqtt";
    private static final Map<String, Integer> NODE_PORTS = Map.of(PORTAL, 30080, GATEWAY, 30443, MQTT, 30883);
    private static final String ARN = "arn:aws:elasticloadbalancing:" + Site.REGION + ":" + Site.ACCOUNT + ":";
    private static final String ALB = "alb.ingress.kubernetes.io/";
    private static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String CERTIFICATE = "arn:aws:acm:" + Site.REGION + ":" + Site.ACCOUNT + ":certificate/front";
    private static final int FIRST_SERVICE = 32;

    private final Shape shape;
    private final AddressPlan addresses;
    private final Placement placement;
    private final Wiring wiring;
    private final List<Host> hosts;
    private final Map<String, List<Placed>> served = new LinkedHashMap<>();
    private final List<Resource> all = new ArrayList<>();

    Front(Shape shape, AddressPlan addresses, Placement placement, Wiring wiring, List<Host> hosts) {
        this.shape = shape;
        this.addresses = addresses;
        this.placement = placement;
        this.wiring = wiring;
        this.hosts = hosts;
    }

    List<Resource> resources() {
        services();
        shop();
        partners();
        network(GATEWAY, "ip", 443);
        network(MQTT, "instance", 8883);
        return all;
    }

    private void services() {
        all.add(service("default", "kubernetes", Map.of(), 1, "443", 443));
        all.add(new Endpoints(
                "default",
                "kubernetes",
                addresses.apiServers().stream()
                        .map(a -> new Endpoint(a, Optional.empty(), Optional.empty(), true))
                        .toList()));
        for (App app : placement.apps()) {
            List<Placed> pods = placement.pods(app);
            if (!app.daemon() && app.port() > 0) {
                all.add(service(app));
                all.add(endpoints(app, pods));
                served.put(app.namespace() + "/" + serviceOf(app), pods);
            }
        }
    }

    private static String serviceOf(App app) {
        return switch (app.name()) {
            case "coredns" -> "kube-dns";
            case "kyverno-admission-controller" -> "kyverno-svc";
            case "aws-load-balancer-controller" -> "aws-load-balancer-webhook-service";
            default -> app.name();
        };
    }

    private Service service(App app) {
        String name = serviceOf(app);
        if (name.equals("kube-dns")) {
            return service(app.namespace(), name, app.labels(), 10, "53", 53);
        }
        return service(app.namespace(), name, app.labels(), FIRST_SERVICE + served.size(), "serve", port(app));
    }

    private static int port(App app) {
        return switch (app.port()) {
            case 8443, 9443, 10250, 10251 -> 443;
            case 8080, 8000, 3000 -> 80;
            default -> app.port();
        };
    }

    private static Service service(
            String namespace, String name, Map<String, String> selector, int address, String target, int port) {
        String key = namespace + "/" + name;
        boolean balanced = key.equals(GATEWAY) || key.equals(MQTT);
        Integer nodePort = NODE_PORTS.get(key);
        return new Service(
                namespace,
                name,
                Ids.uid("service " + key),
                "3000",
                balanced ? "LoadBalancer" : nodePort != null ? "NodePort" : "ClusterIP",
                Optional.of(Site.SERVICES.address(address)),
                selector,
                List.of(new Service.Port(
                        "main",
                        port == 53 ? "udp" : "tcp",
                        port,
                        target,
                        nodePort != null ? OptionalInt.of(nodePort) : OptionalInt.empty())),
                "Cluster",
                Optional.empty(),
                balanced ? Optional.of(name + "-0123456789.elb." + Site.REGION + ".amazonaws.com") : Optional.empty(),
                Map.of(),
                balanced ? networkAnnotations(key.equals(GATEWAY) ? "ip" : "instance") : Map.of(),
                balanced ? new Owner(Owner.Kind.ARGO_CD, namespace) : Owner.NONE,
                false);
    }

    private static Map<String, String> networkAnnotations(String targetType) {
        return Map.of(NLB + "type", "external", NLB + "nlb-target-type", targetType, NLB + "scheme", "internal");
    }

    private Endpoints endpoints(App app, List<Placed> pods) {
        return new Endpoints(
                app.namespace(),
                serviceOf(app),
                pods.stream()
                        .map(p -> new Endpoint(
                                wiring.address(p),
                                Optional.of(p.name()),
                                Optional.of(p.host().name()),
                                true))
                        .toList());
    }

    private void shop() {
        List<LoadBalancer.Rule> rules = new ArrayList<>();
        for (String namespace : SHOP.stream().sorted(LONGER_FIRST).toList()) {
            String path = "/" + namespace;
            all.add(ingress(namespace, "storefront", path, "ip", "shop"));
            String arn =
                    targetGroup("ingress", "shop", namespace + "/storefront-", namespace + "/storefront", 80, "ip");
            rules.add(new LoadBalancer.Rule("path=" + path, List.of(new Weighted(arn, 1))));
        }
        rules.add(new LoadBalancer.Rule("default", List.of()));
        balancer("ingress", "shop", "shop", new Listener(443, "HTTPS", rules));
    }

    private void partners() {
        all.add(ingress("partners", "portal", "/", "instance", ""));
        String arn = targetGroup("ingress", PORTAL, PORTAL + "-", PORTAL, 80, "instance");
        balancer(
                "ingress",
                PORTAL,
                "partners",
                new Listener(
                        443,
                        "HTTPS",
                        List.of(
                                new LoadBalancer.Rule("path=/", List.of(new Weighted(arn, 1))),
                                new LoadBalancer.Rule("default", List.of()))));
    }

    private void network(String service, String targetType, int port) {
        String arn = targetGroup("service", service, "", service, port, targetType);
        balancer(
                "service",
                service,
                service.substring(service.indexOf('/') + 1),
                new Listener(port, "TCP", List.of(new LoadBalancer.Rule("default", List.of(new Weighted(arn, 1))))));
    }

    private static Ingress ingress(String namespace, String service, String path, String targetType, String group) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(ALB + "scheme", "internet-facing");
        annotations.put(ALB + "target-type", targetType);
        annotations.put(ALB + "certificate-arn", CERTIFICATE);
        if (!group.isEmpty()) {
            annotations.put(ALB + "group.name", group);
        }
        return new Ingress(
                namespace,
                service,
                Ids.uid("ingress " + namespace),
                "3000",
                "alb",
                List.of(new Ingress.Rule("", path, "Prefix", service, "80")),
                Optional.of("k8s-" + (group.isEmpty() ? namespace : group) + "-0123456789." + Site.REGION
                        + ".elb.amazonaws.com"),
                Map.of(),
                annotations,
                new Owner(Owner.Kind.ARGO_CD, namespace),
                false);
    }

    /**
     * The target group of a Service with its binding.
     *
     * @param from the Ingress, {@code namespace/name-}; empty for a Service of type LoadBalancer
     */
    private String targetGroup(String kind, String stack, String from, String service, int port, String targetType) {
        String namespace = service.substring(0, service.indexOf('/'));
        String name = service.substring(service.indexOf('/') + 1);
        boolean network = kind.equals("service");
        List<Placed> pods = served.getOrDefault(service, List.of());
        boolean ip = targetType.equals("ip");
        int targetPort = ip ? pods.get(0).app().port() : NODE_PORTS.getOrDefault(service, 0);
        String resource = network ? service + ":" + port : from + name + ":" + port;
        String groupName =
                "k8s-" + head(namespace) + "-" + head(name) + "-" + Ids.hash(stack + resource + targetType, 10);
        String arn = ARN + "targetgroup/" + groupName + "/" + Ids.hash(groupName, 16);
        List<Target> targets = ip
                ? pods.stream()
                        .map(p -> new Target(wiring.address(p), targetPort, "healthy", ""))
                        .toList()
                : hosts.stream()
                        .map(h -> new Target(h.instance(), targetPort, "healthy", ""))
                        .toList();
        all.add(new TargetGroup(
                arn,
                groupName,
                targetType,
                network ? "TCP" : "HTTP",
                // the controller gives a named port of pods as 1
                ip ? 1 : targetPort,
                network ? 10 : 15,
                network ? 3 : 2,
                300,
                targets,
                Optional.of(service),
                tags(kind, stack, resource)));
        all.add(new TargetGroupBinding(namespace, groupName, arn, name, String.valueOf(port), targetType, false));
        return arn;
    }

    private Map<String, String> tags(String kind, String stack, String resource) {
        return Map.of(
                "elbv2.k8s.aws/cluster",
                shape.name(),
                kind + ".k8s.aws/stack",
                stack,
                kind + ".k8s.aws/resource",
                resource);
    }

    private void balancer(String kind, String stack, String name, Listener listener) {
        boolean network = kind.equals("service");
        String full = "k8s-" + name + "-" + Ids.hash(stack, 10);
        String path = (network ? "net/" : "app/") + full + "/" + Ids.hash(full, 16);
        List<String> subnets = new ArrayList<>();
        for (int zone = 0; zone < Shape.ZONES; zone++) {
            String subnet = network ? AddressPlan.nodes(zone) : AddressPlan.front(zone);
            subnets.add(subnet);
            addresses.attach(
                    subnet,
                    network ? "network_load_balancer" : "interface",
                    "ELB " + path,
                    Optional.empty(),
                    1,
                    SecurityGroups.FRONT);
        }
        all.add(new LoadBalancer(
                ARN + "loadbalancer/" + path,
                full,
                network ? "network" : "application",
                network ? "internal" : "internet-facing",
                subnets,
                List.of(SecurityGroups.FRONT),
                List.of(listener),
                Map.of("elbv2.k8s.aws/cluster", shape.name(), kind + ".k8s.aws/stack", stack)));
    }

    private static String head(String name) {
        return name.length() > 8 ? name.substring(0, 8) : name;
    }
}
