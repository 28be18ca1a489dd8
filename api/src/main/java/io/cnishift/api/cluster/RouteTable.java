package io.cnishift.api.cluster;

import java.util.List;
import java.util.Objects;

/**
 * A route table of the VPC.
 */
public record RouteTable(String id, boolean main, List<String> subnets, List<Route> routes) implements Resource {

    public RouteTable {
        Objects.requireNonNull(id);
        subnets = List.copyOf(subnets);
        routes = List.copyOf(routes);
    }

    @Override
    public Part part() {
        return Part.ROUTE_TABLES;
    }

    @Override
    public String key() {
        return id;
    }

    /** A route: destination CIDR or prefix list id, target such as {@code local}, {@code nat-...}, {@code tgw-...}. */
    public record Route(String destination, String target) {}
}
