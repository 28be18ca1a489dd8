package io.cnishift.api.cluster;

import java.util.List;
import java.util.Objects;

/**
 * An ENIConfig of the VPC CNI.
 */
public record EniConfig(String name, String subnet, List<String> securityGroups) implements Resource {

    /** The label of a node that names its ENIConfig before anything else does. */
    public static final String EXTERNAL = "vpc.amazonaws.com/externalEniConfig";

    /** Annotation, and then label, of a node that names its ENIConfig, unless the VPC CNI is told other keys. */
    public static final String NAMING = "k8s.amazonaws.com/eniConfig";

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
