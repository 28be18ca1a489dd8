package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ParkAutoscaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds an old group: Auto Scaling processes suspended, auto repair off. Where launches stay possible, the maximum is lowered to
 * the wanted size, once: a size is never written a second time, for the group shrinks while it is rolled and a number from
 * an old look would launch a node of the old template.
 *
 * <p>A group that the plan makes goes on launching. It only does not even out its zones: Auto Scaling ends an instance for
 * that, whatever runs on it, once a launch that failed in one zone has put two more nodes into another.
 */
final class GroupPark {

    private static final String LAUNCH = "Launch";
    private static final String REBALANCE = "AZRebalance";

    private GroupPark() {}

    static List<Act> acts(NodeGroup group, ParkAutoscaling params, Progress progress) {
        List<Act> acts = new ArrayList<>();
        List<String> running = running(group, params, progress);
        if (!running.isEmpty()) {
            acts.add(new SuspendProcesses(group.name(), running));
        }
        if (configurable(group) && group.autoRepair()) {
            acts.add(new SetAutoRepair(group.name(), false));
        } else if (configurable(group) && mayGrow(group, params, progress)) {
            int size = group.desiredSize();
            acts.add(new SetGroupSize(group.name(), Math.min(group.minSize(), size), Math.max(1, size), size));
        }
        return acts;
    }

    /** What holds a group that the plan made, once it has an Auto Scaling group. */
    static Optional<Act> keepsZones(NodeGroup group) {
        boolean held = group.autoScalingGroup().isEmpty()
                || group.status().equals("DELETING")
                || group.suspendedProcesses().contains(REBALANCE);
        return held ? Optional.empty() : Optional.of(new SuspendProcesses(group.name(), List.of(REBALANCE)));
    }

    /** Whether an act has to wait until an earlier change of the group is through. */
    static boolean waits(NodeGroup group, ParkAutoscaling params, Progress progress) {
        return !configurable(group) && (group.autoRepair() || mayGrow(group, params, progress));
    }

    /** On the way back the group is filled again, so launches are not held. */
    private static List<String> running(NodeGroup group, ParkAutoscaling params, Progress progress) {
        if (group.suspendedProcesses().containsAll(params.processes())) {
            return List.of();
        }
        return params.processes().stream()
                .filter(p -> !group.suspendedProcesses().contains(p))
                .filter(p -> !(p.equals(LAUNCH) && progress.goingBack()))
                .toList();
    }

    private static boolean mayGrow(NodeGroup group, ParkAutoscaling params, Progress progress) {
        return !params.processes().contains(LAUNCH)
                && !GroupState.sized(group, progress)
                && group.maxSize() > Math.max(1, group.desiredSize());
    }

    private static boolean configurable(NodeGroup group) {
        return group.kind() == NodeGroup.Kind.SELF_MANAGED || group.status().equals("ACTIVE");
    }
}
