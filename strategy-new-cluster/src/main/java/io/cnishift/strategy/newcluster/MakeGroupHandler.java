package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A launch template version whose nodes join the second cluster, then the group, then its nodes. Back in reverse, and not while somebody
 * uses the second cluster.
 */
final class MakeGroupHandler implements StepHandler<MakeGroup> {

    private static final int LOOK_SECONDS = 15;
    private static final Set<String> FAILED = Set.of("CREATE_FAILED", "DEGRADED", "DELETE_FAILED");

    @Override
    public StepOutcome next(View view, MakeGroup params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> second.nodeGroup(params.name())
                        .map(group -> ready(second, group, params))
                        .orElseGet(() -> make(view, params, progress)));
    }

    private static StepOutcome make(View view, MakeGroup params, Progress progress) {
        OptionalLong version = OptionalLong.empty();
        if (params.template().isPresent()) {
            JoiningVersion joining = new JoiningVersion(params, progress);
            version = joining.made(view);
            if (version.isEmpty()) {
                return Outcomes.perform(
                        "making a launch template version for nodes of the second cluster",
                        List.of(joining.act()),
                        progress);
            }
        }
        CreateNodeGroup group = new CreateNodeGroup(
                params.name(),
                params.name(),
                version,
                params.labels(),
                params.taints(),
                params.minSize(),
                params.maxSize(),
                params.desiredSize(),
                params.subnets(),
                MadeTags.of(progress),
                Optional.of(params.first()));
        return Outcomes.perform("making a node group of the second cluster", List.of(new OnSecond(group)), progress);
    }

    private static StepOutcome ready(View second, NodeGroup group, MakeGroup params) {
        String named = "node group " + group.name() + " of the second cluster";
        if (FAILED.contains(group.status())) {
            return Outcomes.blocked(Code.SECOND_FAILED.of(
                    named,
                    "it is " + group.status() + ": " + String.join("; ", group.issues()),
                    "see to its issues, then resume; or take the migration back"));
        }
        long ready = second.nodesOf(group.name()).stream().filter(Node::ready).count();
        return group.status().equals("ACTIVE") && ready >= params.desiredSize()
                ? Outcomes.done(named + " has " + ready + " ready nodes")
                : Outcomes.notYet(LOOK_SECONDS, named + " is " + group.status() + " with " + ready + " ready nodes");
    }

    @Override
    public StepOutcome back(View view, MakeGroup params, Progress progress) {
        if (params.keep()) {
            return Outcomes.done("node group " + params.name() + " of the second cluster is left as the plan says");
        }
        return Outcomes.withSecond(view, second -> {
            Optional<NodeGroup> group = second.nodeGroup(params.name());
            if (group.isEmpty()) {
                return params.template()
                        .flatMap(t -> new JoiningVersion(params, progress).left(view))
                        .map(delete -> Outcomes.perform(
                                "deleting the launch template version of its nodes", List.of(delete), progress))
                        .orElseGet(() -> Outcomes.done("nothing is left of node group " + params.name()));
            }
            if (group.get().status().equals("DELETING") || group.get().status().equals("CREATING")) {
                return Outcomes.notYet(
                        LOOK_SECONDS,
                        "node group " + params.name() + " of the second cluster is "
                                + group.get().status());
            }
            Optional<Finding> used = SecondUse.against(second);
            return used.map(Outcomes::blocked)
                    .orElseGet(() -> Outcomes.perform(
                            "deleting a node group of the second cluster",
                            List.of(new OnSecond(new DeleteNodeGroup(params.name()))),
                            progress));
        });
    }

    @Override
    public Set<Part> reads() {
        Set<Part> parts = EnumSet.of(Part.NODE_GROUPS, Part.LAUNCH_TEMPLATES, Part.INSTANCES, Part.NODES);
        parts.addAll(SecondUse.PARTS);
        return parts;
    }

    /** What it is copied from. */
    @Override
    public List<Fact> facts(View view, MakeGroup params) {
        return params.template().stream()
                .map(t -> Fact.equal(
                        "node-groups/" + params.name(), "launchTemplate.version", String.valueOf(t.source())))
                .toList();
    }
}
