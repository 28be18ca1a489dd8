package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
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
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.SetVpcCniEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** VPC CNI tuning: nodes hold fewer spare addresses. The lightest relative: settings only. */
public final class VpcCniTuningStrategy implements MigrationStrategy {

    private static final String ID = "vpc-cni-tuning";
    private static final String AWS_NODE = Part.WORKLOADS + "/DaemonSet/kube-system/aws-node";

    /** What must hold twice in a row after aws-node changed. */
    private static final Gate SERVING =
            new Gate(List.of("VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE", "DNS-ANSWERS"), 2);

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "VPC CNI warm-pool tuning",
                "Makes nodes hold fewer spare addresses; no node is replaced, no pod restarted.",
                StrategyDescriptor.API_VERSION,
                VpcCniTuningOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        Tuning tuning = tuning(request);
        View view = request.view();
        List<SubnetBudget> budget =
                AddressUse.of(view).stream().map(use -> afterwards(use, tuning)).toList();
        Map<String, Integer> given = tuning.fleet().members().stream()
                .collect(Collectors.toMap(m -> m.node().name(), tuning::givenBack));
        return new Assessment(
                findings(request, tuning),
                new Assessment.Capacity(
                        tuning.fleet().slots(PodMode.SECONDARY_IP),
                        PodRoom.with(view, Map.of(), given).total()),
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
        Tuning tuning = tuning(request);
        return new PlanDraft(ID, tuning.options(), findings(request, tuning), List.of())
                .result(request, () -> phases(tuning));
    }

    private static Tuning tuning(Request request) {
        return new Tuning(request.view(), ServedNodes.of(request.view()), request.options(VpcCniTuningOptions.class));
    }

    private static List<Finding> findings(Request request, Tuning tuning) {
        Gates gates = new Gates(request, tuning.fleet())
                .ipv4Only()
                .settable(tuning.targets())
                .settable(tuning.snat());
        if (tuning.freeAfter().isEmpty()) {
            gates.add(Code.NO_RELIEF.of(
                    "warm pools",
                    "the nodes hold no spare address that they could give back",
                    "choose another strategy"));
        }
        AddonTuning addon = AddonTuning.of(tuning.view(), tuning.options());
        addon.findings().forEach(gates::add);
        if (tuning.targets().isEmpty() && tuning.snat().isEmpty() && !addon.changes()) {
            gates.add(Code.NOTHING_TO_SET.of(
                    "DaemonSet kube-system/aws-node",
                    "it has the wanted settings already",
                    "choose other targets with --set warmIpTarget=, or another strategy"));
        }
        tuning.stranded().forEach(gates::add);
        return gates.findings();
    }

    private static List<Phase> phases(Tuning tuning) {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("preflight", List.of(StepDraft.preflight())));
        AddonTuning.of(tuning.view(), tuning.options()).phase(SERVING).ifPresent(phases::add);
        if (!tuning.targets().isEmpty()) {
            phases.add(new Phase(
                    "free-addresses",
                    List.of(StepDraft.of(
                                    "set-warm-targets",
                                    new SetVpcCniEnv(tuning.targets(), tuning.freeAfter()),
                                    "nodes hold spare addresses that the subnets need; aws-node starts anew with lower targets, and"
                                            + " pods keep theirs",
                                    List.of(AWS_NODE),
                                    "the targets get their recorded values back, and nodes take spare addresses again")
                            .gated(SERVING))));
        }
        if (!tuning.snat().isEmpty()) {
            phases.add(new Phase(
                    "snat",
                    List.of(StepDraft.of(
                                    "set-snat",
                                    new SetVpcCniEnv(tuning.snat(), Map.of()),
                                    "the nodes and the network outside must agree on who translates the addresses of pods",
                                    List.of(AWS_NODE),
                                    "the variable gets its recorded value back")
                            .gated(SERVING))));
        }
        return phases;
    }

    private static SubnetBudget afterwards(AddressUse use, Tuning tuning) {
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                use.used(),
                Math.max(0, use.used() - tuning.freed(use)));
    }
}
