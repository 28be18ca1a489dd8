package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;

/**
 * The VPC of the cluster.
 *
 * @param routed ranges beyond the VPC that its route tables know
 */
public record Vpc(String id, List<CidrBlock> cidrs, List<RoutedRange> routed) implements Resource {

    public Vpc {
        Objects.requireNonNull(id);
        cidrs = List.copyOf(cidrs);
        routed = List.copyOf(routed);
    }

    @Override
    public Part part() {
        return Part.VPC;
    }

    @Override
    public String key() {
        return id;
    }

    /** An associated block and the state of its association ({@code associated}, {@code associating}, ...). */
    public record CidrBlock(Cidr cidr, String state) {}

    /** A range reached through a peering, transit gateway or VPN, which pods must therefore not use. */
    public record RoutedRange(Cidr cidr, String via) {}
}
