package io.cnishift.api.roll;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.ParkAutoscaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What adds, moves or takes nodes by itself, and the step that holds it while nodes are replaced. */
final class Parking {

    private static final List<String> CONTROLLERS = List.of("cluster-autoscaler", "descheduler", "kured");

    /** The kinds in which those come: kured is a DaemonSet, and a descheduler may be a CronJob. */
    private static final Set<String> CONTROLLER_KINDS = Set.of("CronJob", "DaemonSet", "Deployment", "StatefulSet");

    /** Processes that bring back, move or take nodes by themselves. Launch too, unless new nodes come in the old groups. */
    private static final List<String> PROCESSES =
            List.of("AZRebalance", "AlarmNotification", "InstanceRefresh", "ReplaceUnhealthy", "ScheduledActions");

    private static final int PLACE_OF_LAUNCH = 3;

    private Parking() {}

    static boolean controls(Workload workload) {
        String name = workload.name().toLowerCase(Locale.ROOT);
        return CONTROLLER_KINDS.contains(workload.kind())
                && CONTROLLERS.stream().anyMatch(name::contains);
    }

    static Step step(RollDraft draft) {
        List<GroupDraft> held =
                draft.groups().stream().filter(g -> !g.ofKarpenter()).toList();
        List<String> groups = held.stream().map(GroupDraft::name).toList();
        List<String> made = held.stream()
                .filter(g -> !g.sameGroup())
                .map(GroupDraft::target)
                .toList();
        List<String> processes = new ArrayList<>(PROCESSES);
        if (!draft.site().sameGroup()) {
            processes.add(PLACE_OF_LAUNCH, "Launch");
        }
        List<String> controllers = draft.controllers();
        List<String> touches = new ArrayList<>();
        groups.forEach(g -> touches.add(Part.NODE_GROUPS + "/" + g));
        made.forEach(g -> touches.add(Part.NODE_GROUPS + "/" + g));
        controllers.forEach(c -> touches.add(Part.WORKLOADS + "/" + c));
        return StepDraft.of(
                RollSteps.PARK,
                new ParkAutoscaling(groups, processes, made, controllers),
                draft.site().newNodes().words().parked(),
                touches,
                "what was suspended or taken away gets its recorded value back");
    }
}
