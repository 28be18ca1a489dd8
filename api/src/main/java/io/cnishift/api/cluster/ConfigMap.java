package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;

/**
 * A ConfigMap of kube-system that cnishift reads: amazon-vpc-cni, kube-proxy-config, coredns, cilium-config.
 */
public record ConfigMap(String namespace, String name, Map<String, String> data) implements Resource {

    public ConfigMap {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        data = Map.copyOf(data);
    }

    @Override
    public Part part() {
        return Part.CONFIG_MAPS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
