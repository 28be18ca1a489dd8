package io.cnishift.api;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Target;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.StepKinds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The example of the package's documentation, compiled. */
public final class LabelStrategy implements MigrationStrategy {

    record Options(
            @Option(description = "Value of the label.", example = "blue", defaultValue = "on")
            String value) {}

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                "label", "Label nodes", "Labels every node.", StrategyDescriptor.API_VERSION, Options.class, Map.of());
    }

    @Override
    public Assessment assess(Request request) {
        long pods = request.view().nodes().stream().mapToLong(Node::maxPods).sum();
        return new Assessment(
                List.of(),
                new Assessment.Capacity(Map.of(), pods),
                List.of(),
                new Assessment.Disruption(0, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(List.of("a label"), List.of()),
                new Assessment.Reversible(Optional.empty(), "the label is removed"));
    }

    @Override
    public PlanResult plan(Request request) {
        List<String> groups =
                request.view().nodeGroups().stream().map(NodeGroup::name).toList();
        LabelNodes params = new LabelNodes(
                groups, "example.org/side", request.options(Options.class).value(), "");
        Step step = Step.of(
                "label-nodes", StepKinds.id(LabelNodes.class), params, "others select by it", List.of(), "unlabel");
        Target target = Target.of(request.snapshot());
        Phase phase = new Phase("fence", List.of(step));
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                "label",
                target,
                Map.of(),
                request.consents(),
                List.of(),
                List.of(),
                List.of(phase),
                Optional.empty());
        return new PlanResult.Planned(plan, List.of());
    }
}
