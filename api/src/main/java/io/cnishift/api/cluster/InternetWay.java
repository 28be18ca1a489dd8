package io.cnishift.api.cluster;

import java.util.Optional;

/** How nodes come from their subnet to the internet. What is not known of it counts as a way. */
public final class InternetWay {

    private static final String ANYWHERE = "0.0.0.0/0";

    private InternetWay() {}

    /** What nodes of that subnet lack, in words; empty when nothing is known to be missing. */
    public static Optional<String> missing(View view, String id) {
        Optional<Subnet> subnet = view.subnet(id);
        Optional<RouteTable> table =
                subnet.flatMap(Subnet::routeTable).flatMap(t -> view.get(Part.ROUTE_TABLES, RouteTable.class, t));
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> out = table.get().routes().stream()
                .filter(route -> route.destination().equals(ANYWHERE))
                .map(RouteTable.Route::target)
                .findFirst();
        if (out.isEmpty()) {
            return Optional.of("it has no default route");
        }
        return out.get().startsWith("igw-") && !publicAddresses(view, subnet.get())
                ? Optional.of("its default route leads to an internet gateway, and its nodes have no public address")
                : Optional.empty();
    }

    /** Whether nodes get a public address there: by the subnet, or by a launch template, which those show that have one. */
    public static boolean publicAddresses(View view, Subnet subnet) {
        return subnet.publicAddresses()
                || view.all(Part.INSTANCES, Instance.class).stream()
                        .anyMatch(i -> i.publicAddress() && i.subnet().equals(subnet.id()));
    }
}
