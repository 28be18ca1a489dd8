package io.cnishift.engine.snapshot;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ranges of addresses that a VPC cannot have: of a size that EC2 does not make, outside what they are part of, overlapping. */
final class Ranges {

    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;
    private static final int PREFIX = 28;
    private static final int ADDRESSES_OF_A_PREFIX = 16;

    private final ClusterSnapshot snapshot;
    private final List<Flaw> flaws = new ArrayList<>();

    Ranges(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    List<Flaw> flaws() {
        cluster();
        vpc();
        snapshot.subnets().forEach(this::subnet);
        overlapping();
        interfaces();
        return flaws;
    }

    private void cluster() {
        Cluster cluster = snapshot.cluster();
        Vpc vpc = snapshot.vpc();
        if (!cluster.vpcId().equals(vpc.id())) {
            flaw(
                    "cluster",
                    cluster,
                    "vpcId",
                    "the cluster is in " + cluster.vpcId() + ", but the file describes " + vpc.id(),
                    "write the id of the VPC that the cluster is in");
        }
        if (cluster.serviceCidr().ipv4() != (cluster.ipFamily() == Cluster.IpFamily.IPV4)) {
            flaw(
                    "cluster",
                    cluster,
                    "serviceCidr",
                    cluster.serviceCidr() + " is no range of Services for a cluster of family " + cluster.ipFamily(),
                    "write the range of that family, or correct ipFamily");
        }
    }

    private void vpc() {
        Vpc vpc = snapshot.vpc();
        for (int i = 0; i < vpc.cidrs().size(); i++) {
            Cidr cidr = vpc.cidrs().get(i).cidr();
            size("vpc", vpc, "cidrs[" + i + "].cidr", cidr);
            for (int j = 0; j < i; j++) {
                if (cidr.overlaps(vpc.cidrs().get(j).cidr())) {
                    flaw(
                            "vpc",
                            vpc,
                            "cidrs[" + i + "].cidr",
                            cidr + " overlaps " + vpc.cidrs().get(j).cidr() + " of the same VPC",
                            "correct one of the two");
                }
            }
        }
    }

    private void size(String list, Resource from, String field, Cidr cidr) {
        if (cidr.ipv4() && (cidr.prefix() < LARGEST || cidr.prefix() > SMALLEST)) {
            String message = cidr + " is of a size that EC2 does not make";
            flaw(list, from, field, message, "write a block from /" + LARGEST + " to /" + SMALLEST);
        }
    }

    private void subnet(Subnet subnet) {
        Vpc vpc = snapshot.vpc();
        size("subnets", subnet, "cidr", subnet.cidr());
        if (snapshot.known(Part.VPC)
                && vpc.cidrs().stream().noneMatch(block -> block.cidr().contains(subnet.cidr()))) {
            flaw(
                    "subnets",
                    subnet,
                    "cidr",
                    subnet.cidr() + " is in no CIDR block of " + vpc.id(),
                    "correct the range, or add its block under vpc.cidrs");
        }
        for (int i = 0; i < subnet.reservations().size(); i++) {
            Cidr reserved = subnet.reservations().get(i).cidr();
            if (!subnet.cidr().contains(reserved)) {
                flaw(
                        "subnets",
                        subnet,
                        "reservations[" + i + "].cidr",
                        reserved + " is not within " + subnet.cidr(),
                        "correct the reserved range");
            }
        }
        room(subnet);
    }

    private void room(Subnet subnet) {
        long usable = SubnetMath.usable(subnet.cidr());
        if (subnet.freeAddresses() < 0 || subnet.freeAddresses() > usable) {
            flaw(
                    "subnets",
                    subnet,
                    "freeAddresses",
                    subnet.freeAddresses() + " free addresses, but " + subnet.cidr() + " has " + usable + " usable",
                    "write what EC2 reports as AvailableIpAddressCount");
        }
        long blocks = subnet.cidr().size() / ADDRESSES_OF_A_PREFIX;
        subnet.freePrefixBlocks().ifPresent(free -> {
            if (free < 0 || free > blocks) {
                flaw(
                        "subnets",
                        subnet,
                        "freePrefixBlocks",
                        free + " free /28 blocks, but " + subnet.cidr() + " has " + blocks,
                        "count the aligned /28 blocks without an address in use, or leave it out");
            }
        });
    }

    // Sorted by their first address, blocks that overlap any other one overlap a neighbour.
    private void overlapping() {
        List<Subnet> sorted = snapshot.subnets().stream()
                .sorted(Comparator.comparing(Subnet::cidr))
                .toList();
        IntStream.range(1, sorted.size())
                .filter(i -> sorted.get(i).cidr().overlaps(sorted.get(i - 1).cidr()))
                .forEach(i -> flaw(
                        "subnets",
                        sorted.get(i),
                        "cidr",
                        sorted.get(i).cidr() + " overlaps " + sorted.get(i - 1).cidr() + " of "
                                + sorted.get(i - 1).id(),
                        "correct one of the two"));
    }

    private void interfaces() {
        Map<String, Cidr> subnets = new HashMap<>();
        snapshot.subnets().forEach(subnet -> subnets.put(subnet.id(), subnet.cidr()));
        for (NetworkInterface each : snapshot.networkInterfaces()) {
            for (int i = 0; i < each.prefixes().size(); i++) {
                Cidr prefix = each.prefixes().get(i);
                Cidr around = subnets.getOrDefault(each.subnet(), prefix);
                if (prefix.prefix() != PREFIX || !around.contains(prefix)) {
                    flaw(
                            "networkInterfaces",
                            each,
                            "prefixes[" + i + "]",
                            prefix + " is no /28 block of " + each.subnet(),
                            "correct the block");
                }
            }
        }
    }

    private void flaw(String list, Resource resource, String field, String message, String remedy) {
        flaws.add(new Flaw(list, resource, field, 0, message, remedy));
    }
}
