package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives a range that is kept for prefixes back to single addresses. Prefixes of it that interfaces hold stay theirs; one that is
 * not reserved any more is no error.
 *
 * @param subnet its block
 * @param range what is reserved, all of it
 */
public record DeleteSubnetCidrReservation(String vpc, Cidr subnet, Cidr range) implements Act {

    public DeleteSubnetCidrReservation {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(subnet);
        Objects.requireNonNull(range);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return CreateSubnetCidrReservation.target(vpc, subnet, range);
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:DeleteSubnetCidrReservation", "ec2:GetSubnetCidrReservations", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        String reservation = AwsCommand.of(at, "ec2", "get-subnet-cidr-reservations")
                .raw("--subnet-id", at.subnet(vpc, subnet))
                .text("SubnetIpv4CidrReservations[?Cidr=='" + range
                        + "' && ReservationType=='prefix'].SubnetCidrReservationId")
                .toString();
        return AwsCommand.of(at, "ec2", "delete-subnet-cidr-reservation")
                .raw("--subnet-cidr-reservation-id", Shell.output(reservation))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.empty() : Optional.of(new CreateSubnetCidrReservation(vpc, subnet, range));
    }
}
