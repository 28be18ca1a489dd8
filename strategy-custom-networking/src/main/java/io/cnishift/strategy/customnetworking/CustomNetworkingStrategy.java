package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.plan.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** VPC CNI custom networking: pods get addresses of a secondary CIDR block, nodes keep one address of theirs each. */
public final class CustomNetworkingStrategy implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                CustomDraft.ID,
                "VPC CNI custom networking",
                "Gives pods addresses of a secondary CIDR block of the VPC; every node is replaced.",
                StrategyDescriptor.API_VERSION,
                CustomNetworkingOptions.class,
                Code.withRolls());
    }

    @Override
    public Assessment assess(Request request) {
        CustomDraft draft = CustomDraft.of(request);
        PodMode mode = draft.mode();
        ServedNodes fleet = ServedNodes.of(request.view());
        ServedNodes then = fleet.replacedBy(draft.roll());
        List<SubnetBudget> made = draft.pods().budgets(id -> then.held(id, mode, Holding::podSubnetAddresses));
        List<SubnetBudget> budget = new ArrayList<>(draft.roll().budgets());
        budget.removeIf(b -> draft.pods().there().containsValue(b.cidr()));
        budget.addAll(made);
        long fits = made.stream()
                .mapToLong(b -> then.podsThatFit(
                        mode,
                        m -> m.instance().availabilityZone().equals(b.availabilityZone()),
                        SubnetRoom.Supply.of(b.usable())))
                .sum();
        return new Assessment(
                findings(request, fleet, draft),
                new Assessment.Capacity(then.slots(mode), fits + ServedNodes.besides(request.view())),
                budget,
                draft.roll().disruption(0),
                draft.roll().cost(),
                new Assessment.Features(
                        List.of("pod addresses outside the node subnets", "security groups of their own for pods"),
                        List.of()),
                reversible(draft));
    }

    @Override
    public PlanResult plan(Request request) {
        CustomDraft draft = CustomDraft.of(request);
        return new PlanDraft(
                        CustomDraft.ID,
                        draft.options(),
                        findings(request, ServedNodes.of(request.view()), draft),
                        draft.roll().movement().remaining())
                .result(request, () -> CustomPhases.of(draft));
    }

    private static Assessment.Reversible reversible(CustomDraft draft) {
        Optional<String> point = PlanDraft.pointOfNoReturn(CustomPhases.of(draft));
        return new Assessment.Reversible(
                point,
                "the variables are taken back, every node that has been replaced is replaced once more by one of the old groups,"
                        + " and the pod subnets and their block go");
    }

    private static List<Finding> findings(Request request, ServedNodes fleet, CustomDraft draft) {
        Gates gates = new Gates(request, fleet)
                .ipv4Only()
                .atLeast("1.8.0", "an ENIConfig without security groups")
                .settable(draft.env())
                .settable(draft.old().lowers() ? WarmIps.LOWERED : Map.of())
                .forbidden(Constraint.NODE_REPLACEMENT, Code.NODES_FORBIDDEN, "every node would be replaced");
        if (draft.pods().there().isEmpty()) {
            gates.forbidden(
                            Constraint.VPC_CHANGES,
                            Code.VPC_FORBIDDEN,
                            "a secondary CIDR block would be associated with the VPC")
                    .forbidden(
                            Constraint.NEW_SUBNETS,
                            Code.SUBNETS_FORBIDDEN,
                            "a pod subnet would be made in every zone of nodes");
        }
        if (draft.options().prefixes()) {
            gates.prefixes();
        }
        if (draft.inForce()) {
            gates.add(Code.NOTHING_TO_SET.of(
                    "DaemonSet kube-system/aws-node",
                    CustomDraft.ENABLE + " is true already",
                    "give the ENIConfigs other subnets, or choose another strategy"));
        }
        interfaces(gates, fleet, draft);
        Slots.findings(draft.roll(), draft.mode(), fleet.settings().maxEni().orElse(0))
                .forEach(gates::add);
        draft.findings().forEach(gates::add);
        if (!draft.external()) {
            gates.add(Code.SNAT.of(
                    "DaemonSet kube-system/aws-node",
                    "traffic that leaves the VPC is translated to the node's address",
                    "give --set snat=external where a NAT or transit gateway routes the pod block"));
        }
        Code.nodesStay(draft.roll()).ifPresent(gates::add);
        draft.roll().findings().forEach(gates::add);
        return gates.findings();
    }

    /** The first interface serves the node alone. */
    private static void interfaces(Gates gates, ServedNodes fleet, CustomDraft draft) {
        fleet.members().stream().map(ServedNodes.Member::limits).distinct().forEach(limits -> {
            if (limits.enis() < 2) {
                gates.add(Code.ONE_INTERFACE.of(
                        "instance type " + limits.type(), "it has one network interface", "choose a larger type"));
            }
        });
        fleet.slots(draft.mode()).forEach((type, slots) -> {
            int now = fleet.slots(PodMode.SECONDARY_IP).getOrDefault(type, slots);
            if (slots < now) {
                gates.add(Code.FEWER_SLOTS.of(
                        "instance type " + type,
                        "pod slots go from " + now + " to " + slots + " per node",
                        draft.prefixes()
                                ? "choose a larger type, or see that as many pods suffice"
                                : "add prefixes with --set prefixes=true"));
            }
        });
    }
}
