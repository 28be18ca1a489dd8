package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.util.Objects;

/**
 * Tags a subnet for the VPC CNI's subnet discovery: nodes of its zone make further interfaces for pods in it.
 *
 * @param subnet its block, for one that a plan makes has no id yet
 */
public record TagSubnet(Cidr subnet) {

    /** The tag: 1 lets the VPC CNI use the subnet, 0 keeps it off (1.22.1 and later). */
    public static final String KEY = "kubernetes.io/role/cni";

    public TagSubnet {
        Objects.requireNonNull(subnet);
    }
}
