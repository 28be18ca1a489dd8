package io.cnishift.api.step;

import java.util.List;

/**
 * Parks the cluster while two CNIs coexist: the groups can neither grow nor be refilled or rebalanced with old-template
 * nodes, autoscalers do not remove new nodes. What stood before is recorded.
 *
 * @param groups node groups to hold
 * @param processes Auto Scaling processes to suspend in each
 * @param newGroups groups that the plan makes, from when they are there: they go on launching, and do not even out their
 *     zones by ending nodes undrained
 * @param controllers workloads (Kind/namespace/name) that do not run meanwhile: cluster-autoscaler, descheduler, kured
 */
public record ParkAutoscaling(
        List<String> groups, List<String> processes, List<String> newGroups, List<String> controllers) {

    public ParkAutoscaling {
        groups = List.copyOf(groups);
        processes = List.copyOf(processes);
        newGroups = List.copyOf(newGroups);
        controllers = List.copyOf(controllers);
    }
}
