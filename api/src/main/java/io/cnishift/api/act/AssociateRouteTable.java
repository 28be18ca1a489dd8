package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;

/**
 * Gives a subnet that has none of its own a route table; without one it has the main table of its VPC. Nothing takes it back:
 * the association goes with the subnet.
 *
 * @param subnet its block
 */
public record AssociateRouteTable(String vpc, Cidr subnet, String routeTable) implements Act {

    public AssociateRouteTable {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(subnet);
        Objects.requireNonNull(routeTable);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "route table of subnet " + subnet + " of " + vpc;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:AssociateRouteTable", "ec2:DescribeSubnets", "ec2:DescribeRouteTables");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "associate-route-table")
                .with("--route-table-id", routeTable)
                .raw("--subnet-id", at.subnet(vpc, subnet))
                .toString();
    }
}
