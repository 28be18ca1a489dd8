package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Service.
 *
 * @param type ClusterIP, NodePort, LoadBalancer or ExternalName
 * @param loadBalancer host name of its load balancer
 * @param terminating it was deleted, and stays until a controller has taken its load balancer away
 */
public record Service(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String type,
        Optional<String> clusterIp,
        Map<String, String> selector,
        List<Port> ports,
        String externalTrafficPolicy,
        Optional<String> loadBalancerClass,
        Optional<String> loadBalancer,
        Map<String, String> labels,
        Map<String, String> annotations,
        Owner owner,
        boolean terminating)
        implements Resource {

    public Service {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    @Override
    public Part part() {
        return Part.SERVICES;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }

    /** Whether it leads to that pod; one without a selector leads to none. */
    public boolean selects(Pod pod) {
        return namespace.equals(pod.namespace())
                && !selector.isEmpty()
                && pod.labels().entrySet().containsAll(selector.entrySet());
    }

    /** A port; {@code targetPort} is a number or a container port's name. */
    public record Port(String name, String protocol, int port, String targetPort, OptionalInt nodePort) {}
}
