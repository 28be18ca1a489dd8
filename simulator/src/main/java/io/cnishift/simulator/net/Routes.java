package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.aws.Cloud;
import java.util.List;
import java.util.Optional;

/** Where packets of a subnet go. */
final class Routes {

    private Routes() {}

    /** The subnet of an address of the VPC. */
    static Optional<Subnet> subnet(Cloud cloud, String address) {
        return cloud.interfaceAt(address).flatMap(i -> cloud.view().subnet(i.subnet()));
    }

    /** The subnet in whose block an address lies. */
    static Optional<Subnet> subnetOf(Cloud cloud, String address) {
        return cloud.view().subnets().stream().filter(s -> s.holds(address)).findFirst();
    }

    /** The routes of a subnet: those of its table, else of the main one. */
    static List<RouteTable.Route> of(Cloud cloud, Subnet subnet) {
        return cloud.view().all(Part.ROUTE_TABLES, RouteTable.class).stream()
                .filter(t -> subnet.routeTable().map(t.id()::equals).orElse(t.main()))
                .flatMap(t -> t.routes().stream())
                .toList();
    }
}
