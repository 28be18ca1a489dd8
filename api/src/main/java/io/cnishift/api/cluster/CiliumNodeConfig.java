package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;

/**
 * A CiliumNodeConfig: settings for the agents of some nodes.
 */
public record CiliumNodeConfig(
        String namespace, String name, Map<String, String> nodeSelector, Map<String, String> defaults)
        implements Resource {

    public CiliumNodeConfig {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        nodeSelector = Map.copyOf(nodeSelector);
        defaults = Map.copyOf(defaults);
    }

    @Override
    public Part part() {
        return Part.CILIUM_NODE_CONFIGS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
