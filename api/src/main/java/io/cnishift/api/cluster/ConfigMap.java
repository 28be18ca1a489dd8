package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A ConfigMap of kube-system that cnishift reads. */
public record ConfigMap(String namespace, String name, Map<String, String> data) implements Resource {

    /** Names of those that are read, in namespace kube-system. */
    public static final List<String> READ =
            List.of("amazon-vpc-cni", "aws-auth", "kube-proxy-config", "coredns", "cilium-config");

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
