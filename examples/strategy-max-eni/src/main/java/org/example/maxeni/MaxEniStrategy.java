package org.example.maxeni;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import java.util.List;

/** Caps the interfaces of nodes, so that those without pods go back to their subnets with all their addresses. */
public final class MaxEniStrategy implements MigrationStrategy {

    private static final String ID = "max-eni";

    /** What must hold twice in a row once the cap is in force. */
    private static final Gate HELD = new Gate(List.of("VPC-CNI-SETTLED", "SERVICES-SERVE", CapHeldProbe.CODE), 2);

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "VPC CNI interface cap",
                "Nodes give back interfaces that no pod uses; no node is replaced, no pod restarted.",
                StrategyDescriptor.API_VERSION,
                MaxEniOptions.class,
                Code.explained());
    }

    @Override
    public Assessment assess(Request request) {
        return assessed(request).assessment();
    }

    @Override
    public PlanResult plan(Request request) {
        MaxEniAssessment assessed = assessed(request);
        return new PlanDraft(ID, request.options(MaxEniOptions.class), assessed.findings(), List.of())
                .result(request, () -> phases(assessed));
    }

    @Override
    public List<StepKind<?>> stepKinds() {
        return List.of(new StepKind<>(CapInterfaces.KIND, 1, CapInterfaces.class, new CapInterfacesHandler()));
    }

    @Override
    public List<Probe> probes() {
        return List.of(new CapHeldProbe());
    }

    private static MaxEniAssessment assessed(Request request) {
        return MaxEniAssessment.of(request.view(), request.options(MaxEniOptions.class));
    }

    private static List<Phase> phases(MaxEniAssessment assessed) {
        Step cap = Step.of(
                        "cap-interfaces",
                        CapInterfaces.KIND,
                        new CapInterfaces(assessed.maxEni(), assessed.freeAfter()),
                        "nodes keep a spare interface full of addresses that the subnets need; aws-node starts anew,"
                                + " pods keep theirs",
                        List.of(Part.WORKLOADS + "/DaemonSet/kube-system/aws-node"),
                        "the variables get their recorded values back, and nodes take spare interfaces again")
                .gated(HELD);
        return List.of(
                new Phase("preflight", List.of(StepDraft.preflight())), new Phase("free-addresses", List.of(cap)));
    }
}
