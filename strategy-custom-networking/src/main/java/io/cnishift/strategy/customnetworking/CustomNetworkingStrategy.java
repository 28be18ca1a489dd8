package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** VPC CNI custom networking: pods get addresses of a secondary CIDR block, nodes keep one address of theirs each. */
public final class CustomNetworkingStrategy implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "custom-networking",
                "VPC CNI custom networking",
                "Gives pods addresses of a secondary CIDR block of the VPC; every node is replaced.",
                StrategyDescriptor.API_VERSION,
                CustomNetworkingOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        CustomNetworkingOptions options = request.options(CustomNetworkingOptions.class);
        PodMode mode = options.prefixes() ? PodMode.CUSTOM_NETWORKING_PREFIX : PodMode.CUSTOM_NETWORKING;
        View view = request.view();
        Fleet fleet = Fleet.of(view);
        PodSubnets podSubnets = PodSubnets.of(request, options.podCidr());
        List<AddressUse> uses = AddressUse.of(view);
        List<SubnetBudget> made = podSubnets.budgets(id -> fleet.held(id, mode, Holding::podSubnetAddresses));
        List<SubnetBudget> budget = new ArrayList<>();
        uses.forEach(use -> budget.add(afterwards(use)));
        budget.addAll(made);
        long fits = made.stream()
                .mapToLong(b -> fleet.podsThatFit(
                        mode,
                        m -> m.instance().availabilityZone().equals(b.availabilityZone()),
                        SubnetRoom.Supply.of(b.usable())))
                .sum();
        return new Assessment(
                gates(request, fleet, podSubnets, mode).findings(),
                new Assessment.Capacity(fleet.slots(mode), fits),
                budget,
                Estimate.everyNode(view, fleet),
                Estimate.oneExtraNode(fleet),
                new Assessment.Features(
                        List.of("pod addresses outside the node subnets", "security groups of their own for pods"),
                        List.of()),
                new Assessment.Reversible(
                        Optional.empty(), "the setting is taken back and every node is replaced once more"));
    }

    @Override
    public PlanResult plan(Request request) {
        return NotPlanned.refusal(this);
    }

    private static Gates gates(Request request, Fleet fleet, PodSubnets podSubnets, PodMode mode) {
        Gates gates = new Gates(request, fleet)
                .ipv4Only()
                .forbidden(
                        Constraint.VPC_CHANGES,
                        Code.VPC_FORBIDDEN,
                        "a secondary CIDR block would be associated with the VPC")
                .forbidden(
                        Constraint.NEW_SUBNETS,
                        Code.SUBNETS_FORBIDDEN,
                        "a pod subnet would be made in every zone of nodes")
                .forbidden(Constraint.NODE_REPLACEMENT, Code.NODES_FORBIDDEN, "every node would be replaced");
        podSubnets.findings().forEach(gates::add);
        fleet.members().stream().map(Fleet.Member::limits).distinct().forEach(limits -> {
            if (limits.enis() < 2) {
                gates.add(Code.ONE_INTERFACE.of(
                        "instance type " + limits.type(), "it has one network interface", "choose a larger type"));
            }
        });
        fleet.slots(mode).forEach((type, slots) -> {
            int now = fleet.slots(PodMode.SECONDARY_IP).getOrDefault(type, slots);
            if (slots < now) {
                gates.add(Code.FEWER_SLOTS.of(
                        "instance type " + type,
                        "pod slots go from " + now + " to " + slots + " per node",
                        "add prefixes with --set prefixes=true"));
            }
        });
        VpcCni.of(request.view())
                .filter(cni -> !cni.on("AWS_VPC_K8S_CNI_EXTERNALSNAT"))
                .ifPresent(cni -> gates.add(Code.SNAT.of(
                        "DaemonSet kube-system/aws-node",
                        "traffic that leaves the VPC is translated to the node's address",
                        "set AWS_VPC_K8S_CNI_EXTERNALSNAT=true where a NAT or transit gateway routes the pod block")));
        return gates;
    }

    /** A node keeps the address of its primary interface; one more during the roll. */
    private static SubnetBudget afterwards(AddressUse use) {
        int after = use.others() + use.nodes();
        int peak = use.nodes() == 0 ? use.used() : use.used() + 1;
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                peak,
                use.nodes() == 0 ? use.used() : after);
    }
}
