package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RemoveNodeGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes a group that has no instance any more. What AWS forgets with it cannot be made again from the journal. */
final class RemoveNodeGroupHandler implements StepHandler<RemoveNodeGroup> {

    @Override
    public StepOutcome next(View view, RemoveNodeGroup params, Progress progress) {
        return view.nodeGroup(params.group())
                .map(g -> GroupState.delete(view, g, progress))
                .orElseGet(() -> Outcomes.done("node group " + params.group() + " is gone"));
    }

    @Override
    public StepOutcome back(View view, RemoveNodeGroup params, Progress progress) {
        Optional<NodeGroup> group = view.nodeGroup(params.group());
        boolean asked = !progress.all(DeleteNodeGroup.class).isEmpty()
                || !progress.all(DeleteAutoScalingGroup.class).isEmpty();
        if (group.filter(g -> !g.status().equals("DELETING")).isPresent() || !asked) {
            return Outcomes.done("node group " + params.group() + " was not deleted");
        }
        return Outcomes.blocked(StepCode.GROUP_NOT_RESTORABLE.of(
                "node group " + params.group(),
                "was deleted; its role, tags and template are not cnishift's to invent",
                "make it again with the tool that owns it, empty, then resume the rollback"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODE_GROUPS, Part.INSTANCES);
    }

    @Override
    public List<Fact> facts(View view, RemoveNodeGroup params) {
        return List.of(Fact.equal("node-groups/" + params.group(), "name", params.group()));
    }
}
