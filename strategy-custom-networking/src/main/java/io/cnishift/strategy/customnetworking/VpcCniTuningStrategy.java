package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.NoOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** VPC CNI tuning: nodes hold fewer spare addresses. The lightest relative: settings only. */
public final class VpcCniTuningStrategy implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "vpc-cni-tuning",
                "VPC CNI warm-pool tuning",
                "Makes nodes hold fewer spare addresses; no node is replaced, no pod restarted.",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        View view = request.view();
        Fleet fleet = Fleet.of(view);
        List<SubnetBudget> budget =
                AddressUse.of(view).stream().map(use -> afterwards(use, fleet)).toList();
        Gates gates = new Gates(request, fleet).ipv4Only();
        int freed = budget.stream().mapToInt(b -> b.usedNow() - b.usedAfter()).sum();
        if (freed == 0) {
            gates.add(Code.NO_RELIEF.of(
                    "warm pools",
                    "the nodes hold no spare address that they could give back",
                    "choose another strategy"));
        }
        return new Assessment(
                gates.findings(),
                new Assessment.Capacity(
                        fleet.slots(PodMode.SECONDARY_IP),
                        PodRoom.with(view, Map.of(), given(fleet)).total()),
                budget,
                Estimate.none(),
                Estimate.free(),
                new Assessment.Features(
                        List.of("addresses back in the subnets"),
                        List.of("spare addresses on the node: a burst of pods waits for EC2 calls")),
                new Assessment.Reversible(Optional.empty(), "the settings are taken back at any time"));
    }

    @Override
    public PlanResult plan(Request request) {
        return NotPlanned.refusal(this);
    }

    /**
     * Counts only what nodes give back for certain: pods spread over interfaces may keep one from being freed, and in a full subnet
     * nodes did not get all that their targets ask for.
     */
    private static SubnetBudget afterwards(AddressUse use, Fleet fleet) {
        List<Fleet.Member> there = fleet.members().stream()
                .filter(m -> m.subnet().equals(use.subnet().id()))
                .toList();
        int promised = there.stream().mapToInt(m -> given(fleet, m)).sum();
        int least = there.stream().mapToInt(m -> least(fleet, m)).sum();
        int freed = Math.min(promised, Math.max(0, use.heldByNodes() - least));
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                use.used(),
                Math.max(0, use.used() - freed));
    }

    private static Map<String, Integer> given(Fleet fleet) {
        return fleet.members().stream().collect(Collectors.toMap(m -> m.node().name(), m -> given(fleet, m)));
    }

    private static int least(Fleet fleet, Fleet.Member m) {
        return WarmPool.held(WarmIps.lowered(fleet.settings()), m.limits(), m.pods(), m.admits())
                .subnetAddresses();
    }

    private static int given(Fleet fleet, Fleet.Member m) {
        return WarmIps.reclaimable(fleet.settings(), m.limits(), m.pods(), m.admits())
                .assured();
    }
}
