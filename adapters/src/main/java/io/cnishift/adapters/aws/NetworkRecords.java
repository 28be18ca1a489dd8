package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.ClusterRecords.text;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Subnet.Reservation;
import io.cnishift.api.cluster.Vpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** Answers of EC2 about a VPC as records. Pure. */
final class NetworkRecords {

    private NetworkRecords() {}

    static Vpc.CidrBlock block(VpcCidrBlockAssociation association) {
        String state = association.cidrBlockState() == null
                ? "associated"
                : association.cidrBlockState().stateAsString();
        return new Vpc.CidrBlock(Cidr.parse(association.cidrBlock()), state);
    }

    static Subnet subnet(
            software.amazon.awssdk.services.ec2.model.Subnet ec2,
            Optional<String> routeTable,
            Optional<List<software.amazon.awssdk.services.ec2.model.NetworkInterface>> interfaces,
            List<Reservation> reservations) {
        Cidr cidr = Cidr.parse(ec2.cidrBlock());
        Map<String, String> tags = Tags.of(ec2.tags());
        OptionalInt blocks = interfaces
                .map(found -> OptionalInt.of(freeBlocks(cidr, found, reservations)))
                .orElse(OptionalInt.empty());
        return new Subnet(
                ec2.subnetId(),
                tags.getOrDefault("Name", ""),
                ec2.availabilityZone(),
                cidr,
                ec2.availableIpAddressCount() == null ? 0 : ec2.availableIpAddressCount(),
                blocks,
                routeTable,
                Boolean.TRUE.equals(ec2.mapPublicIpOnLaunch()),
                reservations,
                tags,
                ipv6(ec2));
    }

    private static Optional<Subnet.Ipv6> ipv6(software.amazon.awssdk.services.ec2.model.Subnet ec2) {
        return ec2.ipv6CidrBlockAssociationSet().stream()
                .filter(a -> a.ipv6CidrBlockState() == null
                        || a.ipv6CidrBlockState().state() == SubnetCidrBlockStateCode.ASSOCIATED)
                .findFirst()
                .map(a -> new Subnet.Ipv6(
                        Cidr.parse(a.ipv6CidrBlock()), Boolean.TRUE.equals(ec2.assignIpv6AddressOnCreation())));
    }

    // An explicit reservation is never given out by itself; a prefix reservation is what prefixes are taken from.
    private static int freeBlocks(
            Cidr subnet,
            List<software.amazon.awssdk.services.ec2.model.NetworkInterface> interfaces,
            List<Reservation> reservations) {
        List<String> addresses = new ArrayList<>();
        List<Cidr> taken = new ArrayList<>();
        for (software.amazon.awssdk.services.ec2.model.NetworkInterface ec2 : interfaces) {
            NetworkInterface known = networkInterface(ec2);
            addresses.addAll(known.addresses());
            taken.addAll(known.prefixes());
        }
        reservations.stream()
                .filter(reservation -> reservation.type().equals("explicit"))
                .forEach(reservation -> taken.add(reservation.cidr()));
        return SubnetMath.freePrefixBlocks(subnet, addresses, taken);
    }

    static NetworkInterface networkInterface(software.amazon.awssdk.services.ec2.model.NetworkInterface ec2) {
        Stream<String> secondary = ec2.privateIpAddresses().stream()
                .sorted(Comparator.comparing(address -> !Boolean.TRUE.equals(address.primary())))
                .map(NetworkInterfacePrivateIpAddress::privateIpAddress);
        List<String> addresses = Stream.concat(Stream.ofNullable(ec2.privateIpAddress()), secondary)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new NetworkInterface(
                ec2.networkInterfaceId(),
                text(ec2.subnetId()),
                text(ec2.interfaceTypeAsString()),
                text(ec2.description()),
                ec2.attachment() == null
                        ? Optional.empty()
                        : Optional.ofNullable(ec2.attachment().instanceId()),
                addresses,
                ec2.ipv4Prefixes().stream().map(p -> Cidr.parse(p.ipv4Prefix())).toList(),
                ec2.groups().stream().map(GroupIdentifier::groupId).toList());
    }

    static RouteTable routeTable(software.amazon.awssdk.services.ec2.model.RouteTable ec2) {
        return new RouteTable(
                ec2.routeTableId(),
                ec2.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main())),
                ec2.associations().stream()
                        .map(a -> a.subnetId())
                        .filter(Objects::nonNull)
                        .toList(),
                ec2.routes().stream().map(NetworkRecords::route).toList());
    }

    static NetworkAcl networkAcl(software.amazon.awssdk.services.ec2.model.NetworkAcl ec2) {
        return new NetworkAcl(
                ec2.networkAclId(),
                Boolean.TRUE.equals(ec2.isDefault()),
                ec2.associations().stream()
                        .map(NetworkAclAssociation::subnetId)
                        .filter(Objects::nonNull)
                        .toList(),
                ec2.entries().stream().map(NetworkRecords::rule).toList());
    }

    private static NetworkAcl.Rule rule(NetworkAclEntry entry) {
        return new NetworkAcl.Rule(
                entry.ruleNumber(),
                Boolean.TRUE.equals(entry.egress()),
                entry.ruleAction() == RuleAction.ALLOW,
                protocol(text(entry.protocol())),
                entry.portRange() == null ? -1 : entry.portRange().from(),
                entry.portRange() == null ? -1 : entry.portRange().to(),
                first(entry.cidrBlock(), entry.ipv6CidrBlock()));
    }

    /** EC2 names protocols of network ACLs by number only. */
    private static String protocol(String number) {
        return switch (number) {
            case "6" -> "tcp";
            case "17" -> "udp";
            case "1" -> "icmp";
            default -> number;
        };
    }

    private static RouteTable.Route route(Route route) {
        return new RouteTable.Route(destination(route), target(route));
    }

    static String destination(Route route) {
        return first(route.destinationCidrBlock(), route.destinationIpv6CidrBlock(), route.destinationPrefixListId());
    }

    /** The id of what a route leads to: {@code local}, or one that its first letters tell the kind of. */
    static String target(Route route) {
        return first(
                route.natGatewayId(),
                route.transitGatewayId(),
                route.vpcPeeringConnectionId(),
                route.gatewayId(),
                route.networkInterfaceId(),
                route.instanceId(),
                route.egressOnlyInternetGatewayId(),
                route.localGatewayId(),
                route.carrierGatewayId(),
                route.coreNetworkArn(),
                route.odbNetworkArn());
    }

    static SecurityGroup securityGroup(
            software.amazon.awssdk.services.ec2.model.SecurityGroup ec2, List<SecurityGroupRule> rules) {
        return new SecurityGroup(
                ec2.groupId(),
                text(ec2.groupName()),
                rules.stream()
                        .filter(r -> !r.isEgress())
                        .map(NetworkRecords::rule)
                        .toList(),
                rules.stream()
                        .filter(r -> r.isEgress())
                        .map(NetworkRecords::rule)
                        .toList(),
                Tags.of(ec2.tags()));
    }

    private static Rule rule(SecurityGroupRule rule) {
        String group = rule.referencedGroupInfo() == null
                ? null
                : rule.referencedGroupInfo().groupId();
        return new Rule(
                text(rule.securityGroupRuleId()),
                rule.ipProtocol(),
                port(rule.fromPort()),
                port(rule.toPort()),
                first(rule.cidrIpv4(), rule.cidrIpv6(), group, rule.prefixListId()),
                text(rule.description()));
    }

    static SecurityGroup securityGroupWithoutRuleIds(software.amazon.awssdk.services.ec2.model.SecurityGroup ec2) {
        return new SecurityGroup(
                ec2.groupId(),
                text(ec2.groupName()),
                ec2.ipPermissions().stream().flatMap(NetworkRecords::rules).toList(),
                ec2.ipPermissionsEgress().stream()
                        .flatMap(NetworkRecords::rules)
                        .toList(),
                Tags.of(ec2.tags()));
    }

    private static Stream<Rule> rules(IpPermission permission) {
        List<Rule> rules = new ArrayList<>();
        permission.ipRanges().forEach(p -> rules.add(rule(permission, p.cidrIp(), p.description())));
        permission.ipv6Ranges().forEach(p -> rules.add(rule(permission, p.cidrIpv6(), p.description())));
        permission.userIdGroupPairs().forEach(p -> rules.add(rule(permission, p.groupId(), p.description())));
        permission.prefixListIds().forEach(p -> rules.add(rule(permission, p.prefixListId(), p.description())));
        return rules.stream();
    }

    private static Rule rule(IpPermission permission, String peer, @Nullable String description) {
        return new Rule(
                "",
                permission.ipProtocol(),
                port(permission.fromPort()),
                port(permission.toPort()),
                peer,
                text(description));
    }

    private static int port(@Nullable Integer port) {
        return port == null ? -1 : port;
    }

    private static String first(@Nullable String... values) {
        for (@Nullable String value : values) {
            if (value != null) {
                return value;
            }
        }
        return "";
    }
}
