package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A subnet of the VPC.
 *
 * @param freeAddresses what EC2 reports as available
 * @param freePrefixBlocks free aligned /28 blocks, when the network interfaces could be read
 * @param publicAddresses whether instances get a public address at launch
 */
public record Subnet(
        String id,
        String name,
        String availabilityZone,
        Cidr cidr,
        int freeAddresses,
        OptionalInt freePrefixBlocks,
        Optional<String> routeTable,
        boolean publicAddresses,
        List<Reservation> reservations,
        Map<String, String> tags)
        implements Resource {

    public Subnet {
        Objects.requireNonNull(id);
        Objects.requireNonNull(availabilityZone);
        Objects.requireNonNull(cidr);
        reservations = List.copyOf(reservations);
        tags = Map.copyOf(tags);
    }

    @Override
    public Part part() {
        return Part.SUBNETS;
    }

    @Override
    public String key() {
        return id;
    }

    /** A CIDR reservation; type is {@code prefix} or {@code explicit}. */
    public record Reservation(Cidr cidr, String type) {}
}
