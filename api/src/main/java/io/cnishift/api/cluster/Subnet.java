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
 * @param ipv6 its block of IPv6 addresses, where one is associated
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
        Map<String, String> tags,
        Optional<Ipv6> ipv6)
        implements Resource {

    public Subnet {
        Objects.requireNonNull(id);
        Objects.requireNonNull(availabilityZone);
        Objects.requireNonNull(cidr);
        reservations = List.copyOf(reservations);
        tags = Map.copyOf(tags);
        Objects.requireNonNull(ipv6);
    }

    /** One without IPv6. */
    public Subnet(
            String id,
            String name,
            String availabilityZone,
            Cidr cidr,
            int freeAddresses,
            OptionalInt freePrefixBlocks,
            Optional<String> routeTable,
            boolean publicAddresses,
            List<Reservation> reservations,
            Map<String, String> tags) {
        this(
                id,
                name,
                availabilityZone,
                cidr,
                freeAddresses,
                freePrefixBlocks,
                routeTable,
                publicAddresses,
                reservations,
                tags,
                Optional.empty());
    }

    /** The same with a block of IPv6 addresses, or without one. */
    public Subnet with(Optional<Ipv6> block) {
        return new Subnet(
                id,
                name,
                availabilityZone,
                cidr,
                freeAddresses,
                freePrefixBlocks,
                routeTable,
                publicAddresses,
                reservations,
                tags,
                block);
    }

    /** Whether an address, of either family, is one of its own. */
    public boolean holds(String address) {
        return cidr.contains(address)
                || ipv6.filter(block -> block.cidr().contains(address)).isPresent();
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

    /**
     * The block of IPv6 addresses of a subnet, a /64.
     *
     * @param onCreation whether interfaces get an address of it as they are made
     */
    public record Ipv6(Cidr cidr, boolean onCreation) {
        public Ipv6 {
            Objects.requireNonNull(cidr);
        }
    }
}
