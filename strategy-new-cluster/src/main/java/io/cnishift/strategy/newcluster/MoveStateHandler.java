package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Workloads with volumes that one node has at a time change clusters.
 *
 * <ol>
 *   <li>What the workloads claim is what the plan moves; else nothing is stopped.
 *   <li>The first cluster's replicas go to nought; pods end in their own time, nodes let go of the volumes.
 *   <li>The second cluster gets volumes and claims. Not before: EC2 would refuse to attach what is attached, and be asked again only
 *       after minutes.
 *   <li>The second cluster's replicas grow to what they were, until all pods are there.
 *   <li>Back: the same in the other direction, with what was written meanwhile. The first cluster kept its own volumes and claims.
 * </ol>
 *
 * At no time has a workload pods in both clusters.
 */
final class MoveStateHandler implements RestingHandler<MoveState> {

    @Override
    public StepOutcome next(View view, MoveState params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            VolumeCarriage carriage = new VolumeCarriage(second, params.volumes(), progress);
            return new StateAsPlanned(view, params)
                    .broken()
                    .or(() -> ended(view, "first", params, act -> act, progress))
                    .or(carriage::there)
                    .or(() -> begun(second, "second", params, OnSecond::new, progress))
                    .orElseGet(() -> Outcomes.done(Count.of(params.workloads().size(), "workload runs", "workloads run")
                            + " in the second cluster, volumes and all"));
        });
    }

    @Override
    public StepOutcome back(View view, MoveState params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            VolumeCarriage carriage = new VolumeCarriage(second, params.volumes(), progress);
            return ended(second, "second", params, OnSecond::new, progress)
                    .or(carriage::gone)
                    .or(() -> begun(view, "first", params, act -> act, progress))
                    .orElseGet(() -> Outcomes.done(Count.of(params.workloads().size(), "workload runs", "workloads run")
                            + " in the first cluster again, volumes and all"));
        });
    }

    /** What is left to be done until a cluster has neither pods of them nor volumes attached; empty when it has not. */
    private static Optional<StepOutcome> ended(
            View cluster, String which, MoveState params, UnaryOperator<Act> there, Progress progress) {
        List<Act> due = new ArrayList<>();
        int pods = 0;
        for (MoveState.Mover mover : params.workloads()) {
            cluster.workload(mover.workload())
                    .filter(w -> w.desired() > 0)
                    .ifPresent(w -> due.add(there.apply(Scaling.to(w, 0))));
            pods += cluster.podsOf(mover.workload()).size();
        }
        if (!due.isEmpty()) {
            return Optional.of(Outcomes.perform("ending workloads in the " + which + " cluster", due, progress));
        }
        if (pods > 0) {
            return Optional.of(Outcomes.notYet(
                    2, Count.of(pods, "pod has", "pods have") + " yet to end in the " + which + " cluster"));
        }
        return VolumeCarriage.attached(cluster, params.volumes())
                .map(held -> Outcomes.notYet(2, held + " of the " + which + " cluster"));
    }

    /** What is left to be done until a cluster has all their pods; empty when it has. */
    private static Optional<StepOutcome> begun(
            View cluster, String which, MoveState params, UnaryOperator<Act> there, Progress progress) {
        List<Act> due = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (MoveState.Mover mover : params.workloads()) {
            Optional<Workload> workload = cluster.workload(mover.workload());
            if (workload.isEmpty()) {
                waiting.add(mover.workload() + " is not in the " + which + " cluster");
            } else if (workload.get().desired() == 0) {
                due.add(there.apply(Scaling.to(workload.get(), replicas(mover, progress))));
            } else if (!workload.get().settled()) {
                waiting.add(mover.workload() + " has " + workload.get().available() + " of "
                        + Count.of(workload.get().desired(), "pod") + " in the " + which + " cluster");
            }
        }
        if (!due.isEmpty()) {
            return Optional.of(Outcomes.perform("beginning workloads in the " + which + " cluster", due, progress));
        }
        return waiting.isEmpty() ? Optional.empty() : Optional.of(Outcomes.notYet(5, waiting.get(0)));
    }

    /** As many as there were; the plan may be older than the last time that somebody scaled it. */
    private static long replicas(MoveState.Mover mover, Progress progress) {
        return Scaling.before(mover.workload(), progress).orElse((long) mover.replicas());
    }

    @Override
    public List<Meanwhile> meanwhile(MoveState params) {
        return params.workloads().stream()
                .map(m -> Meanwhile.without("shift", "clients of the first cluster get no answer from", m.workload()))
                .toList();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS, Part.VOLUMES);
    }
}
