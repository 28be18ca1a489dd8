package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.NoOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** VPC CNI enhanced subnet discovery: nodes take further interfaces from any tagged subnet of their zone. */
public final class SubnetDiscoveryStrategy implements MigrationStrategy {

    private static final String TAG = "kubernetes.io/role/cni";

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "subnet-discovery",
                "VPC CNI subnet discovery",
                "Lets nodes take further addresses from tagged subnets of their zone; no node is replaced.",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        View view = request.view();
        Fleet fleet = Fleet.of(view);
        boolean existing = AddressUse.ofNodeSubnets(view).stream()
                .allMatch(use -> other(view, use).isPresent());
        PodSubnets made =
                existing ? new PodSubnets(Optional.empty(), List.of()) : PodSubnets.of(request, Optional.empty());
        List<SubnetBudget> budget = new ArrayList<>();
        AddressUse.of(view).forEach(use -> budget.add(unchanged(use)));
        budget.addAll(made.budgets(AddressUse.ofNodeSubnets(view), id -> 0));
        return new Assessment(
                gates(request, fleet, existing, made).findings(),
                new Assessment.Capacity(
                        fleet.slots(PodMode.SECONDARY_IP),
                        PodRoom.with(view, further(view, made, existing), Map.of())
                                .total()),
                budget,
                Estimate.none(),
                Estimate.free(),
                new Assessment.Features(List.of("further addresses without replacing nodes"), List.of()),
                new Assessment.Reversible(
                        Optional.empty(), "the tag is set to 0; interfaces leave the subnet as nodes are replaced"));
    }

    @Override
    public PlanResult plan(Request request) {
        return NotPlanned.refusal(this);
    }

    private static Gates gates(Request request, Fleet fleet, boolean existing, PodSubnets made) {
        Gates gates = new Gates(request, fleet).ipv4Only().atLeast("1.18.0", "subnet discovery");
        if (!existing) {
            gates.forbidden(
                            Constraint.VPC_CHANGES,
                            Code.VPC_FORBIDDEN,
                            "no other subnet of the node's zone has room, so a CIDR block would be associated")
                    .forbidden(
                            Constraint.NEW_SUBNETS,
                            Code.SUBNETS_FORBIDDEN,
                            "no other subnet of the node's zone has room, so subnets would be made");
            made.findings().forEach(gates::add);
        }
        return gates.add(Code.NO_RELIEF.of(
                "pod slots",
                "pods on a node stay limited to " + fleet.slots(PodMode.SECONDARY_IP),
                "combine it with prefix-delegation for more pods on a node"));
    }

    /** A subnet of the same zone without nodes, tagged or with room for as many addresses as the nodes hold now. */
    private static Optional<AddressUse> other(View view, AddressUse use) {
        return AddressUse.of(view).stream()
                .filter(o -> o.nodes() == 0)
                .filter(o -> o.subnet().availabilityZone().equals(use.subnet().availabilityZone()))
                .filter(o -> "1".equals(o.subnet().tags().get(TAG)) || o.free() >= use.heldByNodes())
                .findFirst();
    }

    /** Addresses by zone that further interfaces could take: of the subnets there are, or of those to be made. */
    private static Map<String, Integer> further(View view, PodSubnets made, boolean existing) {
        Map<String, Integer> byZone = new TreeMap<>();
        if (existing) {
            AddressUse.ofNodeSubnets(view).stream()
                    .flatMap(use -> other(view, use).stream())
                    .distinct()
                    .forEach(use -> byZone.merge(use.subnet().availabilityZone(), use.free(), Integer::sum));
        } else {
            made.budgets(AddressUse.ofNodeSubnets(view), id -> 0)
                    .forEach(b -> byZone.merge(b.availabilityZone(), b.usable(), Integer::sum));
        }
        return byZone;
    }

    private static SubnetBudget unchanged(AddressUse use) {
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                use.used(),
                use.used());
    }
}
