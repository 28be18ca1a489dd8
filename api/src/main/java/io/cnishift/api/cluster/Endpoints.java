package io.cnishift.api.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The endpoints of a Service, from its EndpointSlices.
 */
public record Endpoints(String namespace, String service, List<Endpoint> endpoints) implements Resource {

    public Endpoints {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(service);
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public Part part() {
        return Part.ENDPOINTS;
    }

    @Override
    public String key() {
        return namespace + "/" + service;
    }

    /** One address; {@code pod} is its name in the same namespace. */
    public record Endpoint(String address, Optional<String> pod, Optional<String> node, boolean ready) {}

    /** How many are ready. */
    public int ready() {
        return (int) endpoints.stream().filter(Endpoint::ready).count();
    }
}
