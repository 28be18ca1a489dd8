package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An Ingress.
 *
 * @param terminating it was deleted, and stays until its controller has taken its load balancer away
 */
public record Ingress(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String ingressClass,
        List<Rule> rules,
        Optional<String> loadBalancer,
        Map<String, String> labels,
        Map<String, String> annotations,
        Owner owner,
        boolean terminating)
        implements Resource {

    public Ingress {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        rules = List.copyOf(rules);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    @Override
    public Part part() {
        return Part.INGRESSES;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }

    /** A path to a Service port; {@code port} is a number or a name, {@code use-annotation} for an action. */
    public record Rule(String host, String path, String pathType, String service, String port) {}
}
