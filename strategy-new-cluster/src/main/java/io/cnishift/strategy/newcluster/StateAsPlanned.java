package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether the workloads of the first cluster that still run have the volumes that the plan moves. A StatefulSet that was scaled up
 * since has a volume more, or is about to, of which the second cluster would know nothing.
 */
record StateAsPlanned(View first, MoveState params) {

    /** What keeps them from being stopped; empty when nothing does. */
    Optional<StepOutcome> broken() {
        List<Workload> running = params.workloads().stream()
                .flatMap(m -> first.workload(m.workload()).stream())
                .filter(w -> w.desired() > 0)
                .toList();
        if (running.isEmpty()) {
            return Optional.empty();
        }
        return grown().or(this::claimsChanged);
    }

    private Optional<StepOutcome> grown() {
        for (MoveState.Mover mover : params.workloads()) {
            Optional<Workload> now = first.workload(mover.workload())
                    .filter(w -> !w.claimTemplates().isEmpty() && w.desired() > mover.replicas());
            if (now.isPresent()) {
                return Optional.of(changed(
                        mover.workload(),
                        "it has " + Count.of(now.get().desired(), "replica")
                                + " with a volume each, and the plan moves " + mover.replicas(),
                        "scale it to " + mover.replicas() + " and resume; else roll back and plan anew"));
            }
        }
        return Optional.empty();
    }

    private Optional<StepOutcome> claimsChanged() {
        List<Workload> movers = params.workloads().stream()
                .flatMap(m -> first.workload(m.workload()).stream())
                .toList();
        ClaimedVolumes claimed = new ClaimedVolumes(
                first, movers.stream().map(Workload::namespace).distinct().toList());
        TreeSet<String> now = new TreeSet<>();
        claimed.alone(movers).stream().map(StateAsPlanned::told).forEach(now::add);
        TreeSet<String> planned = new TreeSet<>();
        params.volumes().stream().map(v -> v.claim() + " (" + v.handle() + ")").forEach(planned::add);
        return now.equals(planned)
                ? Optional.empty()
                : Optional.of(changed(
                        params.workloads().get(0).workload(),
                        "the workloads that move claim " + named(now) + ", and the plan moves " + named(planned),
                        "roll back and plan anew"));
    }

    private static String named(TreeSet<String> volumes) {
        return volumes.isEmpty() ? "no volume" : String.join(", ", volumes);
    }

    private static String told(Volume volume) {
        return volume.claim().orElseThrow() + " (" + volume.handle() + ")";
    }

    private static StepOutcome changed(String workload, String message, String remedy) {
        return Outcomes.blocked(Code.STATE_CHANGED.of(workload, message, remedy));
    }
}
