package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ReservePrefixes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps ranges of a subnet for prefixes. One that has become used in part since the plan was made is reserved all the same: what
 * of it is whole stays so. The way back gives up those that this step reserved, once nodes hold no blocks any more; the nodes
 * that come back find the single addresses that they had, which were outside of the ranges.
 */
final class ReservePrefixesHandler implements StepHandler<ReservePrefixes> {

    private static final String PREFIX = "prefix";

    @Override
    public StepOutcome next(View view, ReservePrefixes params, Progress progress) {
        Optional<Subnet> subnet = PodSubnets.at(view, params.subnet());
        if (subnet.isEmpty()) {
            return new StepOutcome.Failed("there is no subnet " + params.subnet(), Disposition.ASK);
        }
        List<Act> missing = params.ranges().stream()
                .filter(range -> !reserved(subnet.get(), range))
                .map(range -> keep(view, params, range))
                .toList();
        return missing.isEmpty()
                ? Outcomes.done(Count.of(params.ranges().size(), "range") + " of subnet "
                        + subnet.get().id() + " kept for prefixes")
                : new Attempts(progress)
                        .perform("reserving ranges of subnet " + subnet.get().id(), missing);
    }

    @Override
    public StepOutcome back(View view, ReservePrefixes params, Progress progress) {
        Optional<Subnet> subnet = PodSubnets.at(view, params.subnet());
        List<Act> ours = params.ranges().stream()
                .filter(range -> subnet.filter(s -> reserved(s, range)).isPresent())
                .flatMap(range -> Attempts.first(progress, keep(view, params, range)).stream())
                .flatMap(entry -> entry.act().inverse(entry.before()).stream())
                .toList();
        return ours.isEmpty()
                ? Outcomes.done("no range of ours is kept in subnet " + params.subnet())
                : new Attempts(progress).perform("giving back ranges of subnet " + params.subnet(), ours);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VPC, Part.SUBNETS);
    }

    @Override
    public List<Fact> facts(View view, ReservePrefixes params) {
        return PodSubnets.at(view, params.subnet()).stream()
                .map(s -> Fact.atLeast("subnets/" + s.id(), "freePrefixBlocks", params.blocks()))
                .toList();
    }

    private static Act keep(View view, ReservePrefixes params, Cidr range) {
        return new CreateSubnetCidrReservation(view.vpc().id(), params.subnet(), range);
    }

    private static boolean reserved(Subnet subnet, Cidr range) {
        return subnet.reservations().contains(new Subnet.Reservation(range, PREFIX));
    }
}
