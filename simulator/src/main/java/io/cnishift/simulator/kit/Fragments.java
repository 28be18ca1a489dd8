package io.cnishift.simulator.kit;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Subnets whose free addresses are scattered: of each aligned block of 16 at least one address is in use, by somebody else. */
final class Fragments {

    private static final int BLOCK = 16;
    private static final int PLACE = 7;

    private Fragments() {}

    static List<Resource> laidOver(List<Resource> resources) {
        Set<String> used = resources.stream()
                .filter(NetworkInterface.class::isInstance)
                .flatMap(r -> ((NetworkInterface) r).addresses().stream())
                .collect(Collectors.toSet());
        List<Resource> all = new ArrayList<>();
        for (Resource resource : resources) {
            if (resource instanceof Subnet subnet) {
                List<String> scattered = scattered(subnet.cidr(), used);
                all.add(fragmented(subnet, scattered.size()));
                all.add(databases(subnet.id(), scattered));
            } else {
                all.add(resource);
            }
        }
        return all;
    }

    private static List<String> scattered(Cidr cidr, Set<String> used) {
        List<String> addresses = new ArrayList<>();
        for (long start = BLOCK; start + BLOCK < cidr.size(); start += BLOCK) {
            String address = cidr.address(start + PLACE);
            if (!used.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static NetworkInterface databases(String subnet, List<String> addresses) {
        return new NetworkInterface(
                "eni-0" + subnet.substring(subnet.length() - BLOCK),
                subnet,
                "interface",
                "RDSNetworkInterface",
                Optional.empty(),
                addresses,
                List.of(),
                List.of(Layout.NODE_SG));
    }

    private static Subnet fragmented(Subnet s, int taken) {
        return new Subnet(
                s.id(),
                s.name(),
                s.availabilityZone(),
                s.cidr(),
                s.freeAddresses() - taken,
                OptionalInt.of(0),
                s.routeTable(),
                s.publicAddresses(),
                s.reservations(),
                s.tags());
    }
}
