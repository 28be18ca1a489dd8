package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges that pods must not get addresses from, since they or their nodes have to reach something there. */
public final class TakenRanges {

    /** Private ranges to look for a free one in, the best first: what the VPC cannot have routed, then what it may have. */
    private static final List<Cidr> CANDIDATES = List.of(
            Cidr.parse("10.244.0.0/16"),
            Cidr.parse("100.64.0.0/10"),
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"));

    private TakenRanges() {}

    /** A range and what is there. */
    public record Taken(Cidr cidr, String what) {}

    /** All of them, as the VPC, its routes and the cluster have them. */
    public static List<Taken> of(View view) {
        List<Taken> taken = new ArrayList<>();
        view.vpc().cidrs().forEach(b -> taken.add(new Taken(b.cidr(), "a block of the VPC")));
        taken.add(new Taken(view.cluster().serviceCidr(), "the range of Services"));
        view.vpc().routed().forEach(r -> taken.add(new Taken(r.cidr(), "routed through " + r.via())));
        for (RouteTable table : view.all(Part.ROUTE_TABLES, RouteTable.class)) {
            table.routes().stream()
                    .filter(r -> r.destination().contains("/") && !r.target().equals("local"))
                    .map(r -> new Taken(Cidr.parse(r.destination()), "routed through " + r.target()))
                    .filter(t -> t.cidr().prefix() > 0 && !taken.contains(t))
                    .forEach(taken::add);
        }
        taken.add(new Taken(Cidr.parse("169.254.0.0/16"), "link-local, with the metadata service"));
        taken.add(new Taken(Cidr.parse("172.17.0.0/16"), "what container runtimes and some AWS services use on hosts"));
        return taken;
    }

    /** A range of that size that nothing uses, if there is one. */
    public static Optional<Cidr> free(View view, int prefix) {
        List<Taken> taken = of(view);
        return CANDIDATES.stream()
                .filter(c -> c.prefix() <= prefix)
                .flatMap(c -> c.split(prefix).stream())
                .filter(c -> taken.stream().noneMatch(t -> t.cidr().overlaps(c)))
                .findFirst();
    }
}
