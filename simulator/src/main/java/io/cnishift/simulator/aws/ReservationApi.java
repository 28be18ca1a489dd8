package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Subnet.Reservation;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranges of a subnet that are kept for prefixes. A range may hold addresses in use, which stay so, and overlaps none that is
 * reserved; what of it nobody uses is no free address any more. Whoever gives it back takes nothing from anybody.
 */
public final class ReservationApi implements Behaviour {

    private static final String PREFIX = "prefix";

    @Override
    public String id() {
        return "reservation-api";
    }

    @Override
    public String source() {
        return "AWS SDK: ec2 CreateSubnetCidrReservation, DeleteSubnetCidrReservation; VPC user guide: subnet CIDR reservations;"
                + " EC2 error codes";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Acts acts = AwsApi.acts(kernel);
        acts.on(
                CreateSubnetCidrReservation.class,
                a -> before(cloud, a.subnet(), a.range()),
                a -> create(cloud, a.subnet(), a.range()));
        acts.on(
                DeleteSubnetCidrReservation.class,
                a -> before(cloud, a.subnet(), a.range()),
                a -> delete(cloud, a.subnet(), a.range()));
        acts.checked(CreateSubnetCidrReservation.class, a -> Optional.of(SubnetApi.there(cloud, a.subnet())));
        acts.checked(DeleteSubnetCidrReservation.class, a -> Optional.of(Acts.done()));
    }

    private static ActResult create(Cloud cloud, Cidr cidr, Cidr range) {
        Optional<Subnet> subnet = SubnetApi.find(cloud, cidr);
        if (subnet.isEmpty()) {
            return SubnetApi.noSubnet(cidr);
        }
        if (find(subnet.get(), range).isPresent()) {
            return Acts.done();
        }
        List<Reservation> ranges = new ArrayList<>(subnet.get().reservations());
        if (ranges.stream().anyMatch(r -> r.cidr().overlaps(range))) {
            return Acts.no(
                    Reason.INVALID,
                    "InvalidParameterValue: Reservation CIDR " + range
                            + " has overlap with existing reserved CIDR block");
        }
        ranges.add(new Reservation(range, PREFIX));
        cloud.reserve(subnet.get().id(), ranges);
        return Acts.done();
    }

    private static ActResult delete(Cloud cloud, Cidr cidr, Cidr range) {
        SubnetApi.find(cloud, cidr).ifPresent(subnet -> {
            List<Reservation> ranges = new ArrayList<>(subnet.reservations());
            find(subnet, range).ifPresent(ranges::remove);
            cloud.reserve(subnet.id(), ranges);
        });
        return Acts.done();
    }

    private static Optional<Reservation> find(Subnet subnet, Cidr range) {
        return subnet.reservations().stream()
                .filter(new Reservation(range, PREFIX)::equals)
                .findFirst();
    }

    private static Map<String, Object> before(Cloud cloud, Cidr cidr, Cidr range) {
        return SubnetApi.find(cloud, cidr)
                .flatMap(subnet -> find(subnet, range))
                .map(there -> Trees.of("range", range.toString(), "type", PREFIX))
                .orElse(Map.of());
    }
}
