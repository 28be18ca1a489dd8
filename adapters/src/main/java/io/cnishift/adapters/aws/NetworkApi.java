package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
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
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.GetSubnetCidrReservationsRequest;
import software.amazon.awssdk.services.ec2.model.GetSubnetCidrReservationsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservation;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The requests to EC2 about one VPC. */
final class NetworkApi {

    private static final int PAGE = 1000;
    private static final int ROUTE_TABLES_PAGE = 100;
    private static final int IDS_IN_A_FILTER = 200;

    private final Supplier<Ec2Client> client;
    private final Calls calls;

    NetworkApi(Supplier<Ec2Client> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    List<Vpc> vpcs(String id) {
        DescribeVpcsRequest request = DescribeVpcsRequest.builder().vpcIds(id).build();
        return call("DescribeVpcs", () -> client.get().describeVpcs(request).vpcs());
    }

    List<Subnet> subnetsById(Collection<String> ids) {
        DescribeSubnetsRequest request =
                DescribeSubnetsRequest.builder().subnetIds(ids).build();
        return call(
                "DescribeSubnets", () -> client.get().describeSubnets(request).subnets());
    }

    List<Subnet> subnets(String vpc) {
        return Pages.all(
                token -> {
                    DescribeSubnetsRequest request = DescribeSubnetsRequest.builder()
                            .filters(Ec2Api.filter("vpc-id", List.of(vpc)))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeSubnets", () -> client.get().describeSubnets(request));
                },
                DescribeSubnetsResponse::subnets,
                DescribeSubnetsResponse::nextToken);
    }

    /** EC2 tells reservations of one subnet at a time only. */
    List<SubnetCidrReservation> reservations(String subnet) {
        return Pages.all(
                token -> {
                    GetSubnetCidrReservationsRequest request = GetSubnetCidrReservationsRequest.builder()
                            .subnetId(subnet)
                            .nextToken(token)
                            .build();
                    return call("GetSubnetCidrReservations", () -> client.get().getSubnetCidrReservations(request));
                },
                GetSubnetCidrReservationsResponse::subnetIpv4CidrReservations,
                GetSubnetCidrReservationsResponse::nextToken);
    }

    List<NetworkInterface> interfaces(String vpc) {
        return Pages.all(
                token -> {
                    DescribeNetworkInterfacesRequest request = DescribeNetworkInterfacesRequest.builder()
                            .filters(Ec2Api.filter("vpc-id", List.of(vpc)))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeNetworkInterfaces", () -> client.get().describeNetworkInterfaces(request));
                },
                DescribeNetworkInterfacesResponse::networkInterfaces,
                DescribeNetworkInterfacesResponse::nextToken);
    }

    List<RouteTable> routeTables(String vpc) {
        return Pages.all(
                token -> {
                    DescribeRouteTablesRequest request = DescribeRouteTablesRequest.builder()
                            .filters(Ec2Api.filter("vpc-id", List.of(vpc)))
                            .maxResults(ROUTE_TABLES_PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeRouteTables", () -> client.get().describeRouteTables(request));
                },
                DescribeRouteTablesResponse::routeTables,
                DescribeRouteTablesResponse::nextToken);
    }

    List<NetworkAcl> networkAcls(String vpc) {
        return Pages.all(
                token -> {
                    DescribeNetworkAclsRequest request = DescribeNetworkAclsRequest.builder()
                            .filters(Ec2Api.filter("vpc-id", List.of(vpc)))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeNetworkAcls", () -> client.get().describeNetworkAcls(request));
                },
                DescribeNetworkAclsResponse::networkAcls,
                DescribeNetworkAclsResponse::nextToken);
    }

    List<SecurityGroup> securityGroups(String vpc) {
        return Pages.all(
                token -> {
                    DescribeSecurityGroupsRequest request = DescribeSecurityGroupsRequest.builder()
                            .filters(Ec2Api.filter("vpc-id", List.of(vpc)))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeSecurityGroups", () -> client.get().describeSecurityGroups(request));
                },
                DescribeSecurityGroupsResponse::securityGroups,
                DescribeSecurityGroupsResponse::nextToken);
    }

    List<SecurityGroup> securityGroup(String id) {
        DescribeSecurityGroupsRequest request =
                DescribeSecurityGroupsRequest.builder().groupIds(id).build();
        return call(
                "DescribeSecurityGroups",
                () -> client.get().describeSecurityGroups(request).securityGroups());
    }

    List<SecurityGroupRule> rules(Collection<String> groups) {
        return Pages.batches(groups, IDS_IN_A_FILTER, this::rulesOf);
    }

    private List<SecurityGroupRule> rulesOf(List<String> groups) {
        return Pages.all(
                token -> {
                    DescribeSecurityGroupRulesRequest request = DescribeSecurityGroupRulesRequest.builder()
                            .filters(Ec2Api.filter("group-id", groups))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeSecurityGroupRules", () -> client.get().describeSecurityGroupRules(request));
                },
                DescribeSecurityGroupRulesResponse::securityGroupRules,
                DescribeSecurityGroupRulesResponse::nextToken);
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("ec2", action), request);
    }
}
