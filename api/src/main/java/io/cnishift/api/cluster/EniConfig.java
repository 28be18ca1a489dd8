package io.cnishift.api.cluster;

import java.util.List;
import java.util.Objects;

/**
 * An ENIConfig of the VPC CNI.
 */
public record EniConfig(String name, String subnet, List<String> securityGroups) implements Resource {

    public EniConfig {
        Objects.requireNonNull(name);
        securityGroups = List.copyOf(securityGroups);
    }

    @Override
    public Part part() {
        return Part.ENI_CONFIGS;
    }

    @Override
    public String key() {
        return name;
    }
}
