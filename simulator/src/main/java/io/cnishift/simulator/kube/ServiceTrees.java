package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Services, their slices and what stands before them as trees. */
public final class ServiceTrees {

    private ServiceTrees() {}

    static Map<String, Object> service(Service service, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "v1",
                "Service",
                new Identity(service.namespace(), service.name(), service.uid(), service.resourceVersion(), created),
                service.labels());
        if (!service.annotations().isEmpty()) {
            tree = Trees.with(tree, service.annotations(), "metadata", "annotations");
        }
        if (service.terminating()) {
            tree = MetaTrees.deleted(tree, created);
        }
        tree = Trees.with(
                tree,
                Trees.of(
                        "type", service.type(),
                        "clusterIP", service.clusterIp().orElse(null),
                        "selector",
                                MetaTrees.filled(
                                        service.selector(), service.selector().isEmpty()),
                        "ports",
                                service.ports().stream().map(ServiceTrees::port).toList(),
                        "externalTrafficPolicy", service.externalTrafficPolicy(),
                        "loadBalancerClass", service.loadBalancerClass().orElse(null)),
                "spec");
        tree = Trees.with(tree, loadBalancer(service.loadBalancer()), "status");
        return OwnerTrees.owned(tree, service.owner(), List.of());
    }

    private static Map<String, Object> port(Service.Port port) {
        return Trees.of(
                "name", MetaTrees.filled(port.name()),
                "protocol", port.protocol().toUpperCase(Locale.ROOT),
                "port", port.port(),
                "targetPort", MetaTrees.intOrString(port.targetPort()),
                "nodePort", port.nodePort().isPresent() ? port.nodePort().getAsInt() : null);
    }

    private static Map<String, Object> loadBalancer(Optional<String> host) {
        return Trees.of(
                "loadBalancer",
                host.map(h -> Trees.of("ingress", List.of(Trees.of("hostname", h))))
                        .orElse(Map.of()));
    }

    /** The slices that hold those endpoints, in their order; one slice for each set of ports that the pods serve. */
    static List<Map<String, Object>> slices(
            Map<String, Object> service,
            Endpoints endpoints,
            Function<String, Optional<Map<String, Object>>> podByName) {
        Map<List<Map<String, Object>>, List<Map<String, Object>>> byPorts = new LinkedHashMap<>();
        for (Endpoints.Endpoint endpoint : endpoints.endpoints()) {
            Optional<Map<String, Object>> pod = endpoint.pod()
                    .flatMap(podByName)
                    .filter(p -> Pods.address(p).equals(Optional.of(endpoint.address())));
            Map<String, Object> item = pod.map(p -> Slices.endpoint(p, false)).orElseGet(() -> loose(endpoint));
            byPorts.computeIfAbsent(Slices.ports(service, pod.orElse(Map.of())), p -> new ArrayList<>())
                    .add(Trees.with(item, endpoint.ready(), "conditions", "ready"));
        }
        if (byPorts.isEmpty()) {
            byPorts.put(List.of(), List.of());
        }
        List<Map<String, Object>> slices = new ArrayList<>();
        byPorts.forEach((ports, items) -> slices.add(Slices.slice(service, ports, items)));
        return slices;
    }

    private static Map<String, Object> loose(Endpoints.Endpoint endpoint) {
        Map<String, Object> target =
                endpoint.pod().map(p -> Trees.of("kind", "Pod", "name", p)).orElse(Map.of());
        return Trees.of(
                "addresses",
                List.of(endpoint.address()),
                "conditions",
                Map.of(),
                "targetRef",
                MetaTrees.filled(target, target.isEmpty()),
                "nodeName",
                endpoint.node().orElse(null));
    }

    static Map<String, Object> ingress(Ingress ingress, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "networking.k8s.io/v1",
                "Ingress",
                new Identity(ingress.namespace(), ingress.name(), ingress.uid(), ingress.resourceVersion(), created),
                ingress.labels());
        if (!ingress.annotations().isEmpty()) {
            tree = Trees.with(tree, ingress.annotations(), "metadata", "annotations");
        }
        if (ingress.terminating()) {
            tree = MetaTrees.deleted(tree, created);
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        Map<String, Object> fallback = Map.of();
        for (Ingress.Rule rule : ingress.rules()) {
            if (rule.path().isEmpty()) {
                fallback = backend(rule);
            } else {
                Map<String, Object> path =
                        Trees.of("path", rule.path(), "pathType", rule.pathType(), "backend", backend(rule));
                rules.add(Trees.of("host", MetaTrees.filled(rule.host()), "http", Trees.of("paths", List.of(path))));
            }
        }
        tree = Trees.with(
                tree,
                Trees.of(
                        "ingressClassName", MetaTrees.filled(ingress.ingressClass()),
                        "rules", MetaTrees.filled(rules, rules.isEmpty()),
                        "defaultBackend", MetaTrees.filled(fallback, fallback.isEmpty())),
                "spec");
        tree = Trees.with(tree, 1, "metadata", "generation");
        tree = Trees.with(tree, loadBalancer(ingress.loadBalancer()), "status");
        return OwnerTrees.owned(tree, ingress.owner(), List.of());
    }

    private static Map<String, Object> backend(Ingress.Rule rule) {
        Object port = MetaTrees.intOrString(rule.port());
        Map<String, Object> named = Trees.of(port instanceof Integer ? "number" : "name", port);
        return Trees.of("service", Trees.of("name", rule.service(), "port", named));
    }

    /**
     * The labels by which the controller knows its bindings.
     *
     * @param kind {@code ingress} or {@code service}
     * @param stack namespace/name of the object, or the name of the group of Ingresses
     */
    public static Map<String, String> stackLabels(String kind, String stack) {
        String label = kind + ".k8s.aws/stack";
        int slash = stack.indexOf('/');
        return slash < 0
                ? Map.of(label, stack)
                : Map.of(label + "-namespace", stack.substring(0, slash), label + "-name", stack.substring(slash + 1));
    }

    /** A binding with the labels of the load balancer that its target group is of, as far as that one is known. */
    static Map<String, Object> targetGroupBinding(
            TargetGroupBinding binding, List<TargetGroup> groups, Instant created) {
        Map<String, String> tags = groups.stream()
                .filter(g -> g.arn().equals(binding.targetGroup()))
                .findFirst()
                .map(TargetGroup::tags)
                .orElse(Map.of());
        String kind = tags.containsKey("service.k8s.aws/stack") ? "service" : "ingress";
        String stack = tags.getOrDefault(kind + ".k8s.aws/stack", binding.name());
        Map<String, Object> tree = MetaTrees.object(
                "elbv2.k8s.aws/v1beta1",
                "TargetGroupBinding",
                new Identity(binding.namespace(), binding.name(), "", "", created),
                binding.userOwned() ? Map.of() : stackLabels(kind, stack));
        return Trees.with(
                tree,
                Trees.of(
                        "targetGroupARN", binding.targetGroup(),
                        "targetType", binding.targetType(),
                        "serviceRef",
                                Trees.of(
                                        "name", binding.service(),
                                        "port", MetaTrees.intOrString(binding.servicePort()))),
                "spec");
    }
}
