package io.cnishift.api.step;

import io.cnishift.api.capacity.Cidr;
import java.util.Objects;

/**
 * Makes a subnet of the cluster's VPC.
 *
 * @param zone name of its availability zone
 * @param cidr its block, by which it is found again
 * @param routeTable the one that it gets
 */
public record MakeSubnet(String zone, Cidr cidr, String routeTable) {

    public MakeSubnet {
        Objects.requireNonNull(zone);
        Objects.requireNonNull(cidr);
        Objects.requireNonNull(routeTable);
    }
}
