package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Vpc.RoutedRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.TransitGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionVpcInfo;

/**
 * The ranges beyond a VPC that its pods could be asked to reach: what its route tables send to a peering, transit gateway, VPN
 * or appliance, the blocks of peered VPCs, and what the attached transit gateways know. Default routes are left out: they say
 * nothing about who lives there.
 */
final class RoutedRanges {

    private static final Set<String> BEYOND = Set.of("tgw-", "pcx-", "vgw-", "eni-", "i-", "lgw-", "arn:");

    private final AwsRead read;
    private final Collected out;
    private final Set<RoutedRange> ranges = new LinkedHashSet<>();

    RoutedRanges(AwsRead read) {
        this.read = read;
        this.out = read.out();
    }

    List<RoutedRange> read() {
        out.list(Part.VPC, "routes of the VPC", read.routeTables())
                .forEach(table -> table.routes().forEach(this::route));
        for (String side : List.of("requester", "accepter")) {
            out.list(Part.VPC, "peerings", () -> read.apis().routing().peerings(read.vpc(), side))
                    .forEach(this::peering);
        }
        out.list(Part.VPC, "transit gateways", () -> read.apis().routing().transitAttachments(read.vpc()))
                .forEach(this::transit);
        return List.copyOf(ranges);
    }

    private void route(Route route) {
        String target = NetworkRecords.target(route);
        if (BEYOND.stream().noneMatch(target::startsWith)) {
            return;
        }
        if (route.destinationPrefixListId() != null) {
            String list = route.destinationPrefixListId();
            out.list(
                            Part.VPC,
                            "prefix list " + list,
                            () -> read.apis().routing().prefixList(list))
                    .forEach(entry -> add(entry.cidr(), target));
        } else {
            add(NetworkRecords.destination(route), target);
        }
    }

    private void peering(VpcPeeringConnection peering) {
        Stream.of(peering.requesterVpcInfo(), peering.accepterVpcInfo())
                .filter(Objects::nonNull)
                .filter(side -> !read.vpc().equals(side.vpcId()))
                .flatMap(side -> blocks(side).stream())
                .forEach(block -> add(block, peering.vpcPeeringConnectionId()));
    }

    private static List<String> blocks(VpcPeeringConnectionVpcInfo side) {
        List<String> blocks = new ArrayList<>();
        side.cidrBlockSet().forEach(block -> blocks.add(block.cidrBlock()));
        if (side.cidrBlock() != null && !blocks.contains(side.cidrBlock())) {
            blocks.add(side.cidrBlock());
        }
        return blocks;
    }

    // A transit gateway of another account shows its attachments but seldom its routes; our own tables then have to do.
    private void transit(TransitGatewayAttachment attachment) {
        if (attachment.association() == null || attachment.association().transitGatewayRouteTableId() == null) {
            return;
        }
        String table = attachment.association().transitGatewayRouteTableId();
        out
                .list(
                        Part.VPC,
                        "routes of transit gateway " + attachment.transitGatewayId(),
                        () -> read.apis().routing().transitRoutes(table))
                .stream()
                .filter(route -> route.destinationCidrBlock() != null)
                .filter(route -> route.transitGatewayAttachments().stream()
                        .noneMatch(
                                to -> attachment.transitGatewayAttachmentId().equals(to.transitGatewayAttachmentId())))
                .forEach(route -> add(route.destinationCidrBlock(), attachment.transitGatewayId()));
    }

    private void add(String block, String via) {
        if (!block.isEmpty() && !block.endsWith("/0")) {
            ranges.add(new RoutedRange(Cidr.parse(block), via));
        }
    }
}
