package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Services, their endpoints and the Ingresses before them. */
final class ServiceProjection {

    private ServiceProjection() {}

    static Service service(Map<String, ?> tree) {
        return new Service(
                Meta.namespace(tree),
                Meta.name(tree),
                Meta.uid(tree),
                Meta.version(tree),
                Tree.text(tree, "spec", "type").orElse("ClusterIP"),
                Tree.text(tree, "spec", "clusterIP").filter(ip -> !ip.isEmpty()),
                Tree.strings(tree, "spec", "selector"),
                Tree.maps(tree, "spec", "ports").stream()
                        .map(ServiceProjection::port)
                        .toList(),
                Tree.text(tree, "spec", "externalTrafficPolicy").orElse("Cluster"),
                Tree.text(tree, "spec", "loadBalancerClass"),
                loadBalancer(tree),
                Meta.labels(tree),
                Meta.annotations(tree),
                OwnerMarks.owner(tree),
                Meta.terminating(tree));
    }

    private static Service.Port port(Map<String, Object> port) {
        int number = (int) Tree.number(port, 0, "port");
        long nodePort = Tree.number(port, 0, "nodePort");
        return new Service.Port(
                Tree.text(port, "name").orElse(""),
                PodProjection.protocol(port),
                number,
                Tree.text(port, "targetPort").orElse(String.valueOf(number)),
                nodePort == 0 ? OptionalInt.empty() : OptionalInt.of((int) nodePort));
    }

    private static Optional<String> loadBalancer(Map<String, ?> tree) {
        return Tree.maps(tree, "status", "loadBalancer", "ingress").stream()
                .flatMap(i -> Tree.text(i, "hostname").or(() -> Tree.text(i, "ip")).stream())
                .findFirst();
    }

    static Optional<String> serviceOf(Map<String, ?> slice) {
        return Tree.text(slice, "metadata", "labels", "kubernetes.io/service-name")
                .map(name -> Meta.namespace(slice) + "/" + name);
    }

    static Endpoints endpoints(String service, List<Map<String, Object>> slices) {
        Map<String, Endpoints.Endpoint> byAddress = new LinkedHashMap<>();
        for (Map<String, Object> slice : slices) {
            for (Map<String, Object> endpoint : Tree.maps(slice, "endpoints")) {
                for (String address : Tree.texts(endpoint, "addresses")) {
                    byAddress.merge(address, endpoint(address, endpoint), (a, b) -> a.ready() ? a : b);
                }
            }
        }
        int slash = service.indexOf('/');
        return new Endpoints(
                service.substring(0, slash), service.substring(slash + 1), new ArrayList<>(byAddress.values()));
    }

    private static Endpoints.Endpoint endpoint(String address, Map<String, Object> endpoint) {
        boolean pod =
                Tree.text(endpoint, "targetRef", "kind").filter("Pod"::equals).isPresent();
        return new Endpoints.Endpoint(
                address,
                pod ? Tree.text(endpoint, "targetRef", "name") : Optional.empty(),
                Tree.text(endpoint, "nodeName"),
                // unknown counts as ready
                !Tree.text(endpoint, "conditions", "ready")
                        .filter("false"::equals)
                        .isPresent());
    }

    static Ingress ingress(Map<String, ?> tree) {
        return new Ingress(
                Meta.namespace(tree),
                Meta.name(tree),
                Meta.uid(tree),
                Meta.version(tree),
                Tree.text(tree, "spec", "ingressClassName")
                        .or(() -> Tree.text(tree, "metadata", "annotations", "kubernetes.io/ingress.class"))
                        .orElse(""),
                rules(tree),
                loadBalancer(tree),
                Meta.labels(tree),
                Meta.annotations(tree),
                OwnerMarks.owner(tree),
                Meta.terminating(tree));
    }

    /** Every path of every host; the default backend comes last, without host and path. */
    private static List<Ingress.Rule> rules(Map<String, ?> tree) {
        List<Ingress.Rule> rules = new ArrayList<>();
        for (Map<String, Object> rule : Tree.maps(tree, "spec", "rules")) {
            String host = Tree.text(rule, "host").orElse("");
            for (Map<String, Object> path : Tree.maps(rule, "http", "paths")) {
                rules.add(rule(
                        host,
                        Tree.text(path, "path").orElse("/"),
                        Tree.text(path, "pathType").orElse("ImplementationSpecific"),
                        Tree.map(path, "backend")));
            }
        }
        Map<String, Object> fallback = Tree.map(tree, "spec", "defaultBackend");
        if (fallback.containsKey("service")) {
            rules.add(rule("", "", "", fallback));
        }
        return rules;
    }

    private static Ingress.Rule rule(String host, String path, String pathType, Map<String, Object> backend) {
        return new Ingress.Rule(
                host,
                path,
                pathType,
                Tree.text(backend, "service", "name").orElse(""),
                Tree.text(backend, "service", "port", "number")
                        .or(() -> Tree.text(backend, "service", "port", "name"))
                        .orElse(""));
    }
}
