package io.cnishift.api.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * A CiliumEndpoint: a pod that Cilium wired.
 */
public record CiliumEndpoint(String namespace, String name, String state, Optional<String> address)
        implements Resource {

    public CiliumEndpoint {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
    }

    @Override
    public Part part() {
        return Part.CILIUM_ENDPOINTS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
