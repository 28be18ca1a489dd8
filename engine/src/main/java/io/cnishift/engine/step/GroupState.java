package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The life of a node group: becoming ready, being sized, and being deleted once it is empty. */
final class GroupState {

    private static final Set<String> FAILED = Set.of("CREATE_FAILED", "DELETE_FAILED", "DEGRADED");

    private static final Set<String> ENDING = Set.of("shutting-down", "terminated");

    private GroupState() {}

    /** What to answer while a group is not ready; empty once it is. */
    static Optional<StepOutcome> ready(NodeGroup group) {
        if (FAILED.contains(group.status())) {
            return Optional.of(Outcomes.blocked(StepCode.GROUP_FAILED.of(
                    "node group " + group.name(),
                    "is " + group.status() + ": " + String.join("; ", group.issues()),
                    "see to its issues, then resume")));
        }
        return group.status().equals("ACTIVE")
                ? Optional.empty()
                : Optional.of(Outcomes.notYet(15, "node group " + group.name() + " is " + group.status()));
    }

    /**
     * Whether this step has set the size of the group. A refused act has set nothing; one whose outcome nobody knows has if
     * the group has its limits.
     */
    static boolean sized(NodeGroup group, Progress progress) {
        for (Progress.Entry entry : progress.all(SetGroupSize.class)) {
            SetGroupSize act = (SetGroupSize) entry.act();
            boolean shown = group.minSize() == act.minSize() && group.maxSize() == act.maxSize();
            if (act.group().equals(group.name()) && (shown || entry.result().done())) {
                return true;
            }
        }
        return false;
    }

    /** Deletes a group that has no instance any more. */
    static StepOutcome delete(View view, NodeGroup group, Progress progress) {
        if (group.status().equals("DELETING")) {
            return Outcomes.notYet(15, "node group " + group.name() + " is being deleted");
        }
        List<Instance> left = alive(view, group.name());
        if (!left.isEmpty()) {
            return Outcomes.blocked(StepCode.GROUP_IN_USE.of(
                    "node group " + group.name(),
                    "still has " + Count.of(left.size(), "instance") + ", among them "
                            + left.get(0).id(),
                    "drain and terminate them first"));
        }
        Act act = group.kind() == NodeGroup.Kind.MANAGED
                ? new DeleteNodeGroup(group.name())
                : new DeleteAutoScalingGroup(group.name());
        return new Attempts(progress).perform("deleting node group " + group.name(), act);
    }

    /** Instances of a group that run or will. */
    static List<Instance> alive(View view, String group) {
        return view.instancesOf(group).stream().filter(GroupState::alive).toList();
    }

    static boolean alive(Instance instance) {
        return !ENDING.contains(instance.state());
    }
}
