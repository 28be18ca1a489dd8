package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.engine.fact.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Makes an empty group like another one, of the same kind; the way back deletes it when it is empty. */
final class MakeNodeGroupHandler implements StepHandler<MakeNodeGroup> {

    @Override
    public StepOutcome next(View view, MakeNodeGroup params, Progress progress) {
        Optional<NodeGroup> group = view.nodeGroup(params.name());
        if (group.isPresent() && !ours(group.get(), progress)) {
            return Outcomes.blocked(StepCode.GROUP_EXISTS.of(
                    "node group " + params.name(),
                    "exists and was not made by this migration",
                    "plan with another name, or delete it if it is not needed"));
        }
        return group.map(g -> GroupState.ready(g)
                        .orElseGet(() -> Outcomes.done("node group " + g.name() + " is " + g.status())))
                .orElseGet(() -> create(view, params, progress));
    }

    private static StepOutcome create(View view, MakeNodeGroup params, Progress progress) {
        Optional<NodeGroup> like = view.nodeGroup(params.like());
        if (like.isEmpty() || like.get().kind() == NodeGroup.Kind.KARPENTER) {
            return new StepOutcome.Failed(
                    "there is no managed or Auto Scaling group " + params.like() + " to make " + params.name()
                            + " like",
                    Disposition.ASK);
        }
        OptionalLong version = OptionalLong.empty();
        if (!params.templateStep().isEmpty()) {
            version = TemplateVersions.made(view, progress.of(params.templateStep()));
            if (version.isEmpty()) {
                return Outcomes.blocked(StepCode.TEMPLATE_UNKNOWN.of(
                        "node group " + params.name(),
                        "should use the launch template version of step " + params.templateStep()
                                + ", which was not found",
                        "resume, so that the step is looked at again, or make the plan again"));
            }
        }
        return new Attempts(progress)
                .perform("making node group " + params.name(), act(like.get(), params, version, progress));
    }

    private static Act act(NodeGroup like, MakeNodeGroup params, OptionalLong version, Progress progress) {
        Map<String, String> tags = new HashMap<>(CreationTags.of(progress));
        tags.put("cnishift.io/step", progress.step());
        int most = Math.max(1, params.maxSize());
        if (like.kind() == NodeGroup.Kind.MANAGED) {
            return new CreateNodeGroup(
                    params.name(),
                    like.name(),
                    version,
                    params.labels(),
                    params.taints(),
                    0,
                    most,
                    0,
                    params.subnets(),
                    tags);
        }
        long number = version.orElseGet(() ->
                like.launchTemplate().map(NodeGroup.LaunchTemplate::version).orElse(1L));
        return new CreateAutoScalingGroup(params.name(), like.name(), number, 0, most, 0, params.subnets(), tags);
    }

    @Override
    public StepOutcome back(View view, MakeNodeGroup params, Progress progress) {
        return view.nodeGroup(params.name())
                .filter(g -> ours(g, progress))
                .map(g -> GroupState.delete(view, g, progress))
                .orElseGet(() -> Outcomes.done("there is no node group " + params.name() + " of ours"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODE_GROUPS, Part.INSTANCES, Part.LAUNCH_TEMPLATES);
    }

    /** What the new group was planned from; what else it copies is read when it is made. */
    @Override
    public List<Fact> facts(View view, MakeNodeGroup params) {
        return view.nodeGroup(params.like()).stream()
                .flatMap(g -> Stream.of(
                                "kind", "labels", "taints", "subnets", "launchTemplate.id", "launchTemplate.version")
                        .map(field -> Facts.same(view, "node-groups/" + g.name(), field)))
                .toList();
    }

    /** Ours has our tag from its making on; a make that was refused, because the name is taken, makes no group ours. */
    private static boolean ours(NodeGroup group, Progress progress) {
        boolean tagged = progress.migration().equals(group.tags().get(Progress.TAG));
        return tagged
                || Stream.concat(
                                progress.all(CreateNodeGroup.class).stream()
                                        .filter(e -> ((CreateNodeGroup) e.act())
                                                .name()
                                                .equals(group.name())),
                                progress.all(CreateAutoScalingGroup.class).stream()
                                        .filter(e -> ((CreateAutoScalingGroup) e.act())
                                                .name()
                                                .equals(group.name())))
                        .anyMatch(e -> e.result().done());
    }
}
