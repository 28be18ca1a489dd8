package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps a range of a subnet for prefixes: EC2 takes no single address from it any more. Addresses of the range that are in use
 * stay so. Reservations of a VPC do not overlap, so by its range one is found again.
 *
 * @param subnet its block
 * @param range an aligned part of it
 */
public record CreateSubnetCidrReservation(String vpc, Cidr subnet, Cidr range) implements Act {

    /** What the reservation says of itself. */
    public static final String DESCRIPTION = "cnishift: kept for prefixes of nodes";

    public CreateSubnetCidrReservation {
        Objects.requireNonNull(vpc);
        if (!subnet.contains(range)) {
            throw new IllegalArgumentException(range + " is no part of subnet " + subnet);
        }
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return target(vpc, subnet, range);
    }

    static String target(String vpc, Cidr subnet, Cidr range) {
        return "prefix reservation " + range + " of subnet " + subnet + " of " + vpc;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:CreateSubnetCidrReservation", "ec2:GetSubnetCidrReservations", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "create-subnet-cidr-reservation")
                .raw("--subnet-id", at.subnet(vpc, subnet))
                .with("--cidr", range.toString())
                .with("--reservation-type", "prefix")
                .with("--description", DESCRIPTION)
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteSubnetCidrReservation(vpc, subnet, range)) : Optional.empty();
    }
}
