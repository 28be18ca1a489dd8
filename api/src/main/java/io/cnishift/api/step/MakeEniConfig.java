package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;

/**
 * Makes an ENIConfig of the VPC CNI.
 *
 * @param name what nodes call it: the name of their zone where the VPC CNI goes by that label
 * @param subnet block of the subnet of the interfaces that carry pods, for one that a plan makes has no id yet
 * @param securityGroups of these interfaces; empty: those of the node's first interface
 */
public record MakeEniConfig(String name, Cidr subnet, List<String> securityGroups) {

    public MakeEniConfig {
        Objects.requireNonNull(name);
        Objects.requireNonNull(subnet);
        securityGroups = List.copyOf(securityGroups);
    }
}
