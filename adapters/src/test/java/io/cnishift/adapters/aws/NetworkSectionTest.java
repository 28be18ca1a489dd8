package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.cluster.Vpc.RoutedRange;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTransitGatewayAttachmentsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTransitGatewayAttachmentsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcPeeringConnectionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcPeeringConnectionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.GetSubnetCidrReservationsRequest;
import software.amazon.awssdk.services.ec2.model.GetSubnetCidrReservationsResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.SearchTransitGatewayRoutesRequest;
import software.amazon.awssdk.services.ec2.model.SearchTransitGatewayRoutesResponse;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservationType;

final class NetworkSectionTest {

    private final MockAws aws = new MockAws();

    @Test
    void countsFreeBlocksFromInterfacesPrefixesAndReservations() {
        subnets();
        interfaces();
        doReturn(GetSubnetCidrReservationsResponse.builder()
                        .subnetIpv4CidrReservations(
                                r -> r.cidr("10.0.0.64/28").reservationType(SubnetCidrReservationType.EXPLICIT))
                        .build())
                .when(aws.ec2)
                .getSubnetCidrReservations(any(GetSubnetCidrReservationsRequest.class));

        Subnet subnet = MockAws.one(aws.read(Part.SUBNETS), Subnet.class);

        // Of the eight blocks of a /25: first and last are reserved in part, .17 and .33 spoil one each, the prefix
        // takes
        // one and the reservation one.
        assertThat(subnet.freePrefixBlocks()).isEqualTo(OptionalInt.of(2));
        assertThat(subnet.reservations())
                .containsExactly(new Subnet.Reservation(Cidr.parse("10.0.0.64/28"), "explicit"));
        assertThat(subnet.freeAddresses()).isEqualTo(90);
        assertThat(subnet.name()).isEqualTo("private-a");
    }

    @Test
    void doesNotGuessFreeBlocksWithoutInterfaces() {
        subnets();
        doThrow(AwsErrors.denied())
                .when(aws.ec2)
                .describeNetworkInterfaces(any(DescribeNetworkInterfacesRequest.class));

        Reading reading = aws.read(Part.SUBNETS, Part.NETWORK_INTERFACES);

        assertThat(MockAws.one(reading, Subnet.class).freePrefixBlocks()).isEmpty();
        assertThat(MockAws.gap(reading, Part.SUBNETS).remedy()).contains("ec2:DescribeNetworkInterfaces");
        assertThat(MockAws.gap(reading, Part.NETWORK_INTERFACES).remedy()).contains("ec2:DescribeNetworkInterfaces");
        assertThat(aws.calls("ec2:DescribeNetworkInterfaces")).isEqualTo(1);
    }

    @Test
    void asksForReservationsNoMoreAfterADenial() {
        doReturn(DescribeSubnetsResponse.builder()
                        .subnets(
                                s -> s.subnetId("subnet-1")
                                        .availabilityZone("a")
                                        .cidrBlock("10.0.0.0/25"),
                                s -> s.subnetId("subnet-2")
                                        .availabilityZone("b")
                                        .cidrBlock("10.0.1.0/25"))
                        .build())
                .when(aws.ec2)
                .describeSubnets(any(DescribeSubnetsRequest.class));
        doThrow(AwsErrors.denied())
                .when(aws.ec2)
                .getSubnetCidrReservations(any(GetSubnetCidrReservationsRequest.class));

        Reading reading = aws.read(Part.SUBNETS);

        assertThat(MockAws.all(reading, Subnet.class)).hasSize(2);
        assertThat(reading.unknown()).hasSize(1);
        assertThat(aws.calls("ec2:GetSubnetCidrReservations")).isEqualTo(1);
    }

    @Test
    void putsThePrimaryAddressFirst() {
        interfaces();
        NetworkInterface found = MockAws.one(aws.read(Part.NETWORK_INTERFACES), NetworkInterface.class);
        assertThat(found.addresses()).containsExactly("10.0.0.33", "10.0.0.17");
        assertThat(found.prefixes()).containsExactly(Cidr.parse("10.0.0.48/28"));
        assertThat(found.instance()).contains("i-1");
        assertThat(found.type()).isEqualTo("interface");
    }

    @Test
    void aSubnetWithoutItsOwnRouteTableUsesTheMainOne() {
        doReturn(DescribeSubnetsResponse.builder()
                        .subnets(
                                s -> s.subnetId("subnet-1")
                                        .availabilityZone("a")
                                        .cidrBlock("10.0.0.0/25"),
                                s -> s.subnetId("subnet-2")
                                        .availabilityZone("b")
                                        .cidrBlock("10.0.1.0/25"))
                        .build())
                .when(aws.ec2)
                .describeSubnets(any(DescribeSubnetsRequest.class));
        doReturn(DescribeRouteTablesResponse.builder()
                        .routeTables(
                                t -> t.routeTableId("rtb-main").associations(a -> a.main(true)),
                                t -> t.routeTableId("rtb-own").associations(a -> a.subnetId("subnet-2")))
                        .build())
                .when(aws.ec2)
                .describeRouteTables(any(DescribeRouteTablesRequest.class));

        Reading reading = aws.read(Part.SUBNETS, Part.ROUTE_TABLES);

        assertThat(MockAws.all(reading, Subnet.class))
                .extracting(Subnet::routeTable)
                .containsExactly(Optional.of("rtb-main"), Optional.of("rtb-own"));
        assertThat(MockAws.all(reading, RouteTable.class))
                .extracting(RouteTable::main)
                .containsExactly(true, false);
    }

    @Test
    void gathersWhatLiesBeyondTheVpc() {
        routes(
                Route.builder()
                        .destinationCidrBlock("10.0.0.0/16")
                        .gatewayId("local")
                        .build(),
                Route.builder()
                        .destinationCidrBlock("0.0.0.0/0")
                        .transitGatewayId("tgw-1")
                        .build(),
                Route.builder()
                        .destinationCidrBlock("10.100.0.0/16")
                        .transitGatewayId("tgw-1")
                        .build(),
                Route.builder()
                        .destinationPrefixListId("pl-1")
                        .gatewayId("vgw-1")
                        .build(),
                Route.builder()
                        .destinationPrefixListId("pl-s3")
                        .gatewayId("vpce-1")
                        .build());
        doReturn(GetManagedPrefixListEntriesResponse.builder()
                        .entries(e -> e.cidr("192.168.0.0/16"))
                        .build())
                .when(aws.ec2)
                .getManagedPrefixListEntries(any(GetManagedPrefixListEntriesRequest.class));
        doReturn(DescribeVpcPeeringConnectionsResponse.builder()
                        .vpcPeeringConnections(p -> p.vpcPeeringConnectionId("pcx-1")
                                .requesterVpcInfo(v -> v.vpcId("vpc-1").cidrBlock("10.0.0.0/16"))
                                .accepterVpcInfo(v -> v.vpcId("vpc-2").cidrBlock("10.9.0.0/16")))
                        .build())
                .when(aws.ec2)
                .describeVpcPeeringConnections(argThat((DescribeVpcPeeringConnectionsRequest r) ->
                        r != null && r.filters().get(0).name().startsWith("requester")));
        transit();

        Vpc vpc = MockAws.one(aws.read(Part.VPC), Vpc.class);

        assertThat(vpc.cidrs()).containsExactly(new Vpc.CidrBlock(Cidr.parse("10.0.0.0/16"), "associated"));
        assertThat(vpc.routed())
                .containsExactlyInAnyOrder(
                        new RoutedRange(Cidr.parse("10.100.0.0/16"), "tgw-1"),
                        new RoutedRange(Cidr.parse("192.168.0.0/16"), "vgw-1"),
                        new RoutedRange(Cidr.parse("10.9.0.0/16"), "pcx-1"),
                        new RoutedRange(Cidr.parse("10.50.0.0/16"), "tgw-1"));
    }

    @Test
    void aTransitGatewayOfAnotherAccountIsAGapAndNoEnd() {
        transit();
        doThrow(AwsErrors.denied())
                .when(aws.ec2)
                .searchTransitGatewayRoutes(any(SearchTransitGatewayRoutesRequest.class));

        Reading reading = aws.read(Part.VPC);

        assertThat(MockAws.one(reading, Vpc.class).cidrs()).hasSize(1);
        assertThat(MockAws.gap(reading, Part.VPC).remedy()).contains("ec2:SearchTransitGatewayRoutes");
    }

    @Test
    void readsRulesWithTheirIds() {
        securityGroups();
        doReturn(DescribeSecurityGroupRulesResponse.builder()
                        .securityGroupRules(
                                r -> r.securityGroupRuleId("sgr-1")
                                        .groupId("sg-1")
                                        .isEgress(false)
                                        .ipProtocol("tcp")
                                        .fromPort(443)
                                        .toPort(443)
                                        .referencedGroupInfo(g -> g.groupId("sg-2"))
                                        .description("webhooks"),
                                r -> r.securityGroupRuleId("sgr-2")
                                        .groupId("sg-1")
                                        .isEgress(true)
                                        .ipProtocol("-1")
                                        .fromPort(-1)
                                        .toPort(-1)
                                        .cidrIpv4("0.0.0.0/0"))
                        .build())
                .when(aws.ec2)
                .describeSecurityGroupRules(any(DescribeSecurityGroupRulesRequest.class));

        SecurityGroup group = MockAws.one(aws.read(Part.SECURITY_GROUPS), SecurityGroup.class);

        assertThat(group.ingress())
                .containsExactly(new SecurityGroup.Rule("sgr-1", "tcp", 443, 443, "sg-2", "webhooks"));
        assertThat(group.egress()).containsExactly(new SecurityGroup.Rule("sgr-2", "-1", -1, -1, "0.0.0.0/0", ""));
    }

    @Test
    void readsRulesOfTheGroupWhenTheirIdsAreDenied() {
        securityGroups();
        doThrow(AwsErrors.denied())
                .when(aws.ec2)
                .describeSecurityGroupRules(any(DescribeSecurityGroupRulesRequest.class));

        Reading reading = aws.read(Part.SECURITY_GROUPS);

        assertThat(MockAws.one(reading, SecurityGroup.class).ingress())
                .containsExactly(new SecurityGroup.Rule("", "tcp", 443, 443, "10.0.0.0/8", ""));
        assertThat(MockAws.gap(reading, Part.SECURITY_GROUPS).remedy()).contains("ec2:DescribeSecurityGroupRules");
    }

    @Test
    void readsNetworkAclsWithTheirRules() {
        doReturn(DescribeNetworkAclsResponse.builder()
                        .networkAcls(a -> a.networkAclId("acl-1")
                                .isDefault(true)
                                .associations(s -> s.subnetId("subnet-1"))
                                .entries(
                                        e -> e.ruleNumber(32767)
                                                .egress(false)
                                                .ruleAction("deny")
                                                .protocol("-1")
                                                .cidrBlock("0.0.0.0/0"),
                                        e -> e.ruleNumber(100)
                                                .egress(false)
                                                .ruleAction("allow")
                                                .protocol("6")
                                                .portRange(p -> p.from(1024).to(65535))
                                                .cidrBlock("10.0.0.0/8"),
                                        e -> e.ruleNumber(101)
                                                .egress(true)
                                                .ruleAction("allow")
                                                .protocol("-1")
                                                .ipv6CidrBlock("::/0")))
                        .build())
                .when(aws.ec2)
                .describeNetworkAcls(any(DescribeNetworkAclsRequest.class));

        assertThat(MockAws.one(aws.read(Part.NETWORK_ACLS), NetworkAcl.class))
                .isEqualTo(new NetworkAcl(
                        "acl-1",
                        true,
                        List.of("subnet-1"),
                        List.of(
                                new NetworkAcl.Rule(100, false, true, "tcp", 1024, 65535, "10.0.0.0/8"),
                                new NetworkAcl.Rule(32767, false, false, "-1", -1, -1, "0.0.0.0/0"),
                                new NetworkAcl.Rule(101, true, true, "-1", -1, -1, "::/0"))));
    }

    private void securityGroups() {
        doReturn(DescribeSecurityGroupsResponse.builder()
                        .securityGroups(g -> g.groupId("sg-1")
                                .groupName("nodes")
                                .ipPermissions(p -> p.ipProtocol("tcp")
                                        .fromPort(443)
                                        .toPort(443)
                                        .ipRanges(i -> i.cidrIp("10.0.0.0/8"))))
                        .build())
                .when(aws.ec2)
                .describeSecurityGroups(any(DescribeSecurityGroupsRequest.class));
    }

    @Test
    void aBlockOfIpv6CountsOnceItIsAssociated() {
        assertThat(ipv6(SubnetCidrBlockStateCode.ASSOCIATED))
                .hasValue(new Subnet.Ipv6(Cidr.parse("2001:db8:0:1::/64"), true));
        assertThat(ipv6(SubnetCidrBlockStateCode.ASSOCIATING)).isEmpty();
    }

    private static Optional<Subnet.Ipv6> ipv6(SubnetCidrBlockStateCode state) {
        return NetworkRecords.subnet(
                        software.amazon.awssdk.services.ec2.model.Subnet.builder()
                                .subnetId("subnet-1")
                                .availabilityZone("eu-central-1a")
                                .cidrBlock("10.0.0.0/25")
                                .assignIpv6AddressOnCreation(true)
                                .ipv6CidrBlockAssociationSet(a ->
                                        a.ipv6CidrBlock("2001:db8:0:1::/64").ipv6CidrBlockState(s -> s.state(state)))
                                .build(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())
                .ipv6();
    }

    private void subnets() {
        doReturn(DescribeSubnetsResponse.builder()
                        .subnets(s -> s.subnetId("subnet-1")
                                .availabilityZone("eu-central-1a")
                                .cidrBlock("10.0.0.0/25")
                                .availableIpAddressCount(90)
                                .tags(t -> t.key("Name").value("private-a")))
                        .build())
                .when(aws.ec2)
                .describeSubnets(any(DescribeSubnetsRequest.class));
    }

    private void interfaces() {
        doReturn(DescribeNetworkInterfacesResponse.builder()
                        .networkInterfaces(i -> i.networkInterfaceId("eni-1")
                                .subnetId("subnet-1")
                                .interfaceType("interface")
                                .attachment(a -> a.instanceId("i-1"))
                                .privateIpAddress("10.0.0.33")
                                .privateIpAddresses(
                                        a -> a.privateIpAddress("10.0.0.17").primary(false),
                                        a -> a.privateIpAddress("10.0.0.33").primary(true))
                                .ipv4Prefixes(p -> p.ipv4Prefix("10.0.0.48/28")))
                        .build())
                .when(aws.ec2)
                .describeNetworkInterfaces(any(DescribeNetworkInterfacesRequest.class));
    }

    private void routes(Route... routes) {
        doReturn(DescribeRouteTablesResponse.builder()
                        .routeTables(t -> t.routeTableId("rtb-1").routes(List.of(routes)))
                        .build())
                .when(aws.ec2)
                .describeRouteTables(any(DescribeRouteTablesRequest.class));
    }

    private void transit() {
        doReturn(DescribeVpcsResponse.builder()
                        .vpcs(v -> v.vpcId("vpc-1")
                                .cidrBlockAssociationSet(
                                        b -> b.cidrBlock("10.0.0.0/16").cidrBlockState(s -> s.state("associated"))))
                        .build())
                .when(aws.ec2)
                .describeVpcs(any(DescribeVpcsRequest.class));
        doReturn(DescribeTransitGatewayAttachmentsResponse.builder()
                        .transitGatewayAttachments(a -> a.transitGatewayAttachmentId("tgw-attach-1")
                                .transitGatewayId("tgw-1")
                                .association(s -> s.transitGatewayRouteTableId("tgw-rtb-1")))
                        .build())
                .when(aws.ec2)
                .describeTransitGatewayAttachments(any(DescribeTransitGatewayAttachmentsRequest.class));
        doReturn(SearchTransitGatewayRoutesResponse.builder()
                        .routes(
                                r -> r.destinationCidrBlock("10.50.0.0/16")
                                        .transitGatewayAttachments(a -> a.transitGatewayAttachmentId("tgw-attach-2")),
                                r -> r.destinationCidrBlock("10.0.0.0/16")
                                        .transitGatewayAttachments(a -> a.transitGatewayAttachmentId("tgw-attach-1")))
                        .build())
                .when(aws.ec2)
                .searchTransitGatewayRoutes(any(SearchTransitGatewayRoutesRequest.class));
    }
}
