package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodRoom;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.TagSubnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** VPC CNI enhanced subnet discovery: nodes take further interfaces from any tagged subnet of their zone. */
public final class SubnetDiscoveryStrategy implements MigrationStrategy {

    private static final String ID = "subnet-discovery";
    private static final Gate SERVING = new Gate(
            List.of(
                    "POD-SUBNETS",
                    "VPC-CNI-SETTLED",
                    "DNS-READY",
                    "SERVICES-SERVE",
                    "DNS-ANSWERS",
                    "CONTROL-PLANE-CALLS"),
            2);

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "VPC CNI subnet discovery",
                "Lets nodes take further addresses from tagged subnets of their zone; no node is replaced.",
                StrategyDescriptor.API_VERSION,
                SubnetDiscoveryOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        View view = request.view();
        ServedNodes fleet = ServedNodes.of(view);
        Discovery discovery = Discovery.of(request);
        List<SubnetBudget> budget = new ArrayList<>();
        AddressUse.of(view).forEach(use -> budget.add(unchanged(use)));
        budget.addAll(discovery.made().budgets(id -> 0));
        return new Assessment(
                findings(request, fleet, discovery),
                new Assessment.Capacity(
                        fleet.slots(PodMode.SECONDARY_IP),
                        PodRoom.with(view, discovery.further(), Map.of()).total()),
                budget,
                Estimate.none(),
                Estimate.free(),
                new Assessment.Features(List.of("further addresses without replacing nodes"), List.of()),
                new Assessment.Reversible(
                        Optional.empty(),
                        "the tag is taken back; interfaces leave the subnet with their last pod (VPC CNI 1.22.1 and later), or with"
                                + " their node"));
    }

    @Override
    public PlanResult plan(Request request) {
        Discovery discovery = Discovery.of(request);
        List<Finding> findings = findings(request, ServedNodes.of(request.view()), discovery);
        return new PlanDraft(ID, discovery.options(), findings, List.of()).result(request, () -> phases(discovery));
    }

    private static List<Finding> findings(Request request, ServedNodes fleet, Discovery discovery) {
        Gates gates = new Gates(request, fleet)
                .ipv4Only()
                .atLeast("1.18.0", "subnet discovery")
                .settable(discovery.env());
        if (!discovery.existing()) {
            gates.forbidden(
                            Constraint.VPC_CHANGES,
                            Code.VPC_FORBIDDEN,
                            "no other subnet of the node's zone has room, so a CIDR block would be associated")
                    .forbidden(
                            Constraint.NEW_SUBNETS,
                            Code.SUBNETS_FORBIDDEN,
                            "no other subnet of the node's zone has room, so subnets would be made");
        }
        discovery.findings().forEach(gates::add);
        return gates.add(Code.NO_RELIEF.of(
                        "pod slots",
                        "pods on a node stay limited to "
                                + fleet.slots(PodMode.SECONDARY_IP).entrySet().stream()
                                        .map(slots -> slots.getValue() + " on " + slots.getKey())
                                        .collect(Collectors.joining(", ")),
                        "combine it with prefix-delegation for more pods on a node"))
                .findings();
    }

    private static List<Phase> phases(Discovery discovery) {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("preflight", List.of(StepDraft.preflight())));
        phases.addAll(PodNetwork.phases(discovery.made(), discovery.options().recognition()));
        List<Step> steps = new ArrayList<>();
        if (!discovery.env().isEmpty()) {
            steps.add(StepDraft.of(
                    "switch-on",
                    new SetVpcCniEnv(discovery.env(), Map.of()),
                    "the VPC CNI looks for tagged subnets only if discovery is on",
                    List.of(Part.WORKLOADS + "/DaemonSet/kube-system/aws-node"),
                    "the variable gets its recorded value back"));
        }
        discovery
                .toTag()
                .forEach(
                        (name, cidr) -> steps.add(
                                StepDraft.of(
                                        "tag-" + name,
                                        new TagSubnet(cidr),
                                        "nodes make their next interfaces in the tagged subnet of their zone that has most free addresses; pods keep"
                                                + " the addresses that they have",
                                        List.of(
                                                discovery.existing()
                                                        ? Part.SUBNETS + "/" + name
                                                        : discovery.made().vpc()),
                                        "the tag is taken back; what nodes took from the subnet is waited for where the VPC CNI gives it back")));
        int last = steps.size() - 1;
        steps.set(last, steps.get(last).gated(SERVING));
        phases.add(new Phase("discovery", steps));
        return phases;
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
