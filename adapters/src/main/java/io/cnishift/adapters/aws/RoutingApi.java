package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeTransitGatewayAttachmentsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTransitGatewayAttachmentsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcPeeringConnectionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcPeeringConnectionsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.SearchTransitGatewayRoutesRequest;
import software.amazon.awssdk.services.ec2.model.TransitGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.TransitGatewayRoute;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;

/** The requests to EC2 about what lies beyond a VPC. */
final class RoutingApi {

    private static final int PAGE = 100;
    private static final int ROUTES = 1000;

    private final Supplier<Ec2Client> client;
    private final Calls calls;

    RoutingApi(Supplier<Ec2Client> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Active peerings of a VPC.
     *
     * @param side {@code requester} or {@code accepter}: which end the VPC is
     */
    List<VpcPeeringConnection> peerings(String vpc, String side) {
        return Pages.all(
                token -> {
                    DescribeVpcPeeringConnectionsRequest request = DescribeVpcPeeringConnectionsRequest.builder()
                            .filters(
                                    Ec2Api.filter(side + "-vpc-info.vpc-id", List.of(vpc)),
                                    Ec2Api.filter("status-code", List.of("active")))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call(
                            "DescribeVpcPeeringConnections", () -> client.get().describeVpcPeeringConnections(request));
                },
                DescribeVpcPeeringConnectionsResponse::vpcPeeringConnections,
                DescribeVpcPeeringConnectionsResponse::nextToken);
    }

    List<TransitGatewayAttachment> transitAttachments(String vpc) {
        return Pages.all(
                token -> {
                    DescribeTransitGatewayAttachmentsRequest request =
                            DescribeTransitGatewayAttachmentsRequest.builder()
                                    .filters(Ec2Api.filter("resource-id", List.of(vpc)))
                                    .maxResults(PAGE)
                                    .nextToken(token)
                                    .build();
                    return call(
                            "DescribeTransitGatewayAttachments",
                            () -> client.get().describeTransitGatewayAttachments(request));
                },
                DescribeTransitGatewayAttachmentsResponse::transitGatewayAttachments,
                DescribeTransitGatewayAttachmentsResponse::nextToken);
    }

    /** Active routes of a transit gateway's route table: the first thousand, which is all that EC2 tells. */
    List<TransitGatewayRoute> transitRoutes(String routeTable) {
        SearchTransitGatewayRoutesRequest request = SearchTransitGatewayRoutesRequest.builder()
                .transitGatewayRouteTableId(routeTable)
                .filters(Ec2Api.filter("state", List.of("active")))
                .maxResults(ROUTES)
                .build();
        return call(
                "SearchTransitGatewayRoutes",
                () -> client.get().searchTransitGatewayRoutes(request).routes());
    }

    List<PrefixListEntry> prefixList(String id) {
        return Pages.all(
                token -> {
                    GetManagedPrefixListEntriesRequest request = GetManagedPrefixListEntriesRequest.builder()
                            .prefixListId(id)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call(
                            "GetManagedPrefixListEntries", () -> client.get().getManagedPrefixListEntries(request));
                },
                GetManagedPrefixListEntriesResponse::entries,
                GetManagedPrefixListEntriesResponse::nextToken);
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("ec2", action), request);
    }
}
