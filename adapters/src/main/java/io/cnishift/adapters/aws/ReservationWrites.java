package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.port.ActResult;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateSubnetCidrReservationRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetCidrReservationRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservation;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservationType;

/** Ranges of subnets that are kept for prefixes, found by their range. EC2 knows no token for reserving one. */
final class ReservationWrites {

    private static final String EC2 = "ec2";

    private ReservationWrites() {}

    static void in(ActBook book) {
        book.on(
                CreateSubnetCidrReservation.class,
                (at, act) -> before(at, act.vpc(), act.subnet(), act.range()),
                ReservationWrites::create);
        book.on(
                DeleteSubnetCidrReservation.class,
                (at, act) -> before(at, act.vpc(), act.subnet(), act.range()),
                ReservationWrites::delete);
        book.trial(
                CreateSubnetCidrReservation.class,
                (at, act) -> SubnetWrites.find(at, act.vpc(), act.subnet()).map(subnet -> {
                    create(at, subnet, act, true);
                    return ActResults.done();
                }));
        book.trial(
                DeleteSubnetCidrReservation.class,
                (at, act) -> find(at, act.vpc(), act.subnet(), act.range()).map(reservation -> {
                    delete(at, reservation, true);
                    return ActResults.done();
                }));
    }

    private static ActResult create(Writing at, CreateSubnetCidrReservation act) {
        Optional<Subnet> subnet = SubnetWrites.find(at, act.vpc(), act.subnet());
        if (subnet.isEmpty()) {
            return SubnetWrites.noSubnet(act.subnet());
        }
        if (find(at, subnet.get(), act.range()).isPresent()) {
            return ActResults.done();
        }
        try {
            create(at, subnet.get(), act, false);
        } catch (CallFailure failure) {
            // when the answer to a first request was lost, the range overlaps itself in the second
            boolean mayBeOurs = failure.is(Fault.Kind.REJECTED) && at.calls().inDoubt();
            if (!mayBeOurs || find(at, subnet.get(), act.range()).isEmpty()) {
                throw failure;
            }
        }
        return ActResults.done();
    }

    private static void create(Writing at, Subnet subnet, CreateSubnetCidrReservation act, boolean dryRun) {
        CreateSubnetCidrReservationRequest request = CreateSubnetCidrReservationRequest.builder()
                .subnetId(subnet.subnetId())
                .cidr(act.range().toString())
                .reservationType(SubnetCidrReservationType.PREFIX)
                .description(CreateSubnetCidrReservation.DESCRIPTION)
                .dryRun(dryRun)
                .build();
        at.calls()
                .write(
                        EC2,
                        "CreateSubnetCidrReservation",
                        () -> at.clients().ec2().createSubnetCidrReservation(request));
    }

    private static ActResult delete(Writing at, DeleteSubnetCidrReservation act) {
        find(at, act.vpc(), act.subnet(), act.range())
                .ifPresent(reservation -> Writing.found(() -> delete(at, reservation, false)));
        return ActResults.done();
    }

    private static ActResult delete(Writing at, SubnetCidrReservation reservation, boolean dryRun) {
        DeleteSubnetCidrReservationRequest request = DeleteSubnetCidrReservationRequest.builder()
                .subnetCidrReservationId(reservation.subnetCidrReservationId())
                .dryRun(dryRun)
                .build();
        at.calls()
                .write(
                        EC2,
                        "DeleteSubnetCidrReservation",
                        () -> at.clients().ec2().deleteSubnetCidrReservation(request));
        return ActResults.done();
    }

    private static Optional<SubnetCidrReservation> find(Writing at, String vpc, Cidr subnet, Cidr range) {
        return SubnetWrites.find(at, vpc, subnet).flatMap(found -> find(at, found, range));
    }

    private static Optional<SubnetCidrReservation> find(Writing at, Subnet subnet, Cidr range) {
        return at.apis().network().reservations(subnet.subnetId()).stream()
                .filter(r -> r.reservationType() == SubnetCidrReservationType.PREFIX)
                .filter(r -> range.toString().equals(r.cidr()))
                .findFirst();
    }

    private static Map<String, Object> before(Writing at, String vpc, Cidr subnet, Cidr range) {
        return find(at, vpc, subnet, range)
                .map(there -> ActResults.tree("range", range.toString(), "type", there.reservationTypeAsString()))
                .orElse(Map.of());
    }
}
