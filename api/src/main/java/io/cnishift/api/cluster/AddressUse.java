package io.cnishift.api.cluster;

import io.cnishift.api.capacity.SubnetMath;
import java.util.List;
import java.util.Objects;

/**
 * Who uses the addresses of one subnet. Counts of IPv4 addresses.
 *
 * @param usable what the subnet can give at all
 * @param used what is in use, by EC2's own count
 * @param nodes instances of the cluster in it
 * @param heldByNodes addresses on the interfaces of these instances, a delegated prefix counting 16
 */
public record AddressUse(Subnet subnet, int usable, int used, int nodes, int heldByNodes) {

    public AddressUse {
        Objects.requireNonNull(subnet);
    }

    /** Every subnet, in order of id. */
    public static List<AddressUse> of(View view) {
        return view.subnets().stream().map(subnet -> of(view, subnet)).toList();
    }

    /** The subnets that hold nodes. */
    public static List<AddressUse> ofNodeSubnets(View view) {
        return of(view).stream().filter(use -> use.nodes() > 0).toList();
    }

    /** Addresses used by anything but the nodes: load balancers, endpoints, the control plane, other instances. */
    public int others() {
        return Math.max(0, used - heldByNodes);
    }

    /** Addresses still to be had. */
    public int free() {
        return usable - used;
    }

    private static AddressUse of(View view, Subnet subnet) {
        int usable = Math.toIntExact(SubnetMath.usable(subnet.cidr()));
        List<Instance> instances = view.all(Part.INSTANCES, Instance.class).stream()
                .filter(i -> i.subnet().equals(subnet.id()) && !i.state().equals("terminated"))
                .toList();
        int held = view.interfacesIn(subnet.id()).stream()
                .filter(i -> i.instance().isPresent())
                .mapToInt(NetworkInterface::taken)
                .sum();
        return new AddressUse(subnet, usable, Math.max(0, usable - subnet.freeAddresses()), instances.size(), held);
    }
}
