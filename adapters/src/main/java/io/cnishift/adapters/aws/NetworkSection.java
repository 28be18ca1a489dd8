package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet.Reservation;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Reads the VPC: blocks, subnets with what is taken in them, interfaces, route tables, network ACLs, security groups. */
final class NetworkSection {

    private final AwsRead read;
    private final Collected out;

    NetworkSection(AwsRead read) {
        this.read = read;
        this.out = read.out();
    }

    void vpc() {
        List<Vpc.RoutedRange> routed = new RoutedRanges(read).read();
        List<software.amazon.awssdk.services.ec2.model.Vpc> found =
                out.list(Part.VPC, read.vpc(), () -> read.apis().network().vpcs(read.vpc()));
        List<Vpc.CidrBlock> blocks = found.stream()
                .flatMap(vpc -> vpc.cidrBlockAssociationSet().stream())
                .map(NetworkRecords::block)
                .toList();
        out.add(new Vpc(read.vpc(), blocks, routed));
    }

    void interfaces() {
        out.list(Part.NETWORK_INTERFACES, read.vpc(), read.interfaces())
                .forEach(found -> out.add(NetworkRecords.networkInterface(found)));
    }

    void routeTables() {
        out.list(Part.ROUTE_TABLES, read.vpc(), read.routeTables())
                .forEach(found -> out.add(NetworkRecords.routeTable(found)));
    }

    void networkAcls() {
        out.list(Part.NETWORK_ACLS, read.vpc(), () -> read.apis().network().networkAcls(read.vpc()))
                .forEach(found -> out.add(NetworkRecords.networkAcl(found)));
    }

    void securityGroups() {
        NetworkApi network = read.apis().network();
        List<SecurityGroup> groups =
                out.list(Part.SECURITY_GROUPS, read.vpc(), () -> network.securityGroups(read.vpc()));
        List<String> ids = groups.stream().map(SecurityGroup::groupId).toList();
        Optional<Map<String, List<SecurityGroupRule>>> rules = out.attempt(
                Part.SECURITY_GROUPS,
                "ids of security group rules",
                () -> network.rules(ids).stream().collect(Collectors.groupingBy(SecurityGroupRule::groupId)));
        for (SecurityGroup group : groups) {
            out.add(rules.map(known ->
                            NetworkRecords.securityGroup(group, known.getOrDefault(group.groupId(), List.of())))
                    .orElseGet(() -> NetworkRecords.securityGroupWithoutRuleIds(group)));
        }
    }

    void subnets() {
        List<Subnet> subnets =
                out.list(Part.SUBNETS, read.vpc(), () -> read.apis().network().subnets(read.vpc()));
        List<RouteTable> tables = out.list(Part.SUBNETS, "route tables of the subnets", read.routeTables());
        Optional<Map<String, List<NetworkInterface>>> interfaces = out.attempt(
                Part.SUBNETS,
                "free /28 blocks",
                () -> read.interfaces().get().stream()
                        .filter(i -> i.subnetId() != null)
                        .collect(Collectors.groupingBy(NetworkInterface::subnetId)));
        Map<String, List<Reservation>> reservations = reservations(subnets);
        Map<String, String> tableOf = tableOf(tables);
        for (Subnet subnet : subnets) {
            out.add(NetworkRecords.subnet(
                    subnet,
                    Optional.ofNullable(tableOf.getOrDefault(subnet.subnetId(), tableOf.get(""))),
                    interfaces.map(all -> all.getOrDefault(subnet.subnetId(), List.of())),
                    reservations.getOrDefault(subnet.subnetId(), List.of())));
        }
    }

    /** The route table of each subnet that has its own, and of the others under the empty key: the main one. */
    private static Map<String, String> tableOf(List<RouteTable> tables) {
        Map<String, String> tableOf = new LinkedHashMap<>();
        for (RouteTable table : tables) {
            table.associations().forEach(association -> {
                if (Boolean.TRUE.equals(association.main())) {
                    tableOf.put("", table.routeTableId());
                } else if (association.subnetId() != null) {
                    tableOf.put(association.subnetId(), table.routeTableId());
                }
            });
        }
        return tableOf;
    }

    // One request a subnet, so the first refusal that will be repeated for all of them ends it.
    private Map<String, List<Reservation>> reservations(List<Subnet> subnets) {
        Map<String, List<Reservation>> found = new LinkedHashMap<>();
        for (Subnet subnet : subnets) {
            try {
                found.put(subnet.subnetId(), reservations(subnet.subnetId()));
            } catch (CallFailure failure) {
                if (failure.is(Fault.Kind.NOT_FOUND)) {
                    continue;
                }
                out.gap(Part.SUBNETS, "CIDR reservations", failure);
                break;
            }
        }
        return found;
    }

    private List<Reservation> reservations(String subnet) {
        List<Reservation> reservations = new ArrayList<>();
        read.apis().network().reservations(subnet).stream()
                .filter(r -> Objects.nonNull(r.cidr()))
                .forEach(r -> reservations.add(new Reservation(Cidr.parse(r.cidr()), r.reservationTypeAsString())));
        return reservations;
    }
}
