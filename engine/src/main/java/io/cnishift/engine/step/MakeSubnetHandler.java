package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.MakeSubnet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a subnet and gives it its route table, without which the main one of the VPC would lead its packets elsewhere. Ours is
 * one that carries the tag of the migration; the way back deletes it once no network interface is left in it.
 */
final class MakeSubnetHandler implements StepHandler<MakeSubnet> {

    private static final Duration EMPTY_WITHIN = Duration.ofMinutes(10);

    @Override
    public StepOutcome next(View view, MakeSubnet params, Progress progress) {
        Optional<Subnet> there = PodSubnets.at(view, params.cidr());
        if (there.isEmpty()) {
            return new Attempts(progress).perform("making subnet " + params.cidr(), create(view, params, progress));
        }
        Subnet subnet = there.get();
        if (!ours(subnet, progress)) {
            return Outcomes.blocked(StepCode.SUBNET_EXISTS.of(
                    "subnet " + subnet.id(),
                    "has the block " + params.cidr() + " and was not made by this migration",
                    "plan with another block, or delete the subnet if it is not needed"));
        }
        return subnet.routeTable().filter(params.routeTable()::equals).isPresent()
                ? Outcomes.done("subnet " + subnet.id() + " of " + params.cidr() + " in " + params.zone())
                : new Attempts(progress)
                        .perform(
                                "giving subnet " + subnet.id() + " route table " + params.routeTable(),
                                new AssociateRouteTable(view.vpc().id(), params.cidr(), params.routeTable()));
    }

    private static CreateSubnet create(View view, MakeSubnet params, Progress progress) {
        Map<String, String> tags = new HashMap<>();
        tags.put("Name", view.cluster().name() + "-pods-" + params.zone());
        tags.putAll(CreationTags.of(progress));
        tags.put("cnishift.io/step", progress.step());
        return new CreateSubnet(view.vpc().id(), params.zone(), params.cidr(), tags);
    }

    @Override
    public StepOutcome back(View view, MakeSubnet params, Progress progress) {
        Optional<Subnet> there = PodSubnets.at(view, params.cidr()).filter(s -> ours(s, progress));
        if (there.isEmpty()) {
            return Outcomes.done("there is no subnet " + params.cidr() + " of ours");
        }
        Optional<String> users = PodSubnets.users(view, there.get());
        if (users.isEmpty()) {
            return new Attempts(progress)
                    .perform(
                            "deleting subnet " + there.get().id(),
                            new DeleteSubnet(view.vpc().id(), params.cidr()));
        }
        return Patience.over(progress, EMPTY_WITHIN)
                ? Outcomes.blocked(StepCode.SUBNET_IN_USE.of(
                        "subnet " + there.get().id(),
                        "still has network interfaces of " + users.get(),
                        "replace these nodes, or move what uses the interfaces; then resume"))
                : Outcomes.notYet(30, "subnet " + there.get().id() + " has interfaces of " + users.get());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.VPC, Part.SUBNETS, Part.NETWORK_INTERFACES, Part.INSTANCES, Part.NODES);
    }

    @Override
    public List<Fact> facts(View view, MakeSubnet params) {
        return List.of(Fact.equal("route-tables/" + params.routeTable(), "id", params.routeTable()));
    }

    private static boolean ours(Subnet subnet, Progress progress) {
        return progress.migration().equals(subnet.tags().get(Progress.TAG));
    }
}
