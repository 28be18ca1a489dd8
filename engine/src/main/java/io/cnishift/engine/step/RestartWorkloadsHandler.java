package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestartWorkloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restarts workloads one after the other. The way back takes the annotation away again, which restarts them once more: the
 * template is then as it was.
 */
final class RestartWorkloadsHandler implements StepHandler<RestartWorkloads> {

    private static final Set<String> RESTARTABLE = Set.of("Deployment", "StatefulSet", "DaemonSet");

    @Override
    public StepOutcome next(View view, RestartWorkloads params, Progress progress) {
        String value = Restart.value(progress);
        List<String> byHand = new ArrayList<>();
        int restarted = 0;
        for (String key : params.workloads()) {
            Optional<Workload> workload = view.workload(key);
            if (workload.isEmpty() || skipped(view, workload.get(), params, value)) {
                continue;
            }
            if (!restartable(workload.get())) {
                byHand.add(Refs.words(key));
                continue;
            }
            Optional<StepOutcome> outcome = Restart.of(view, key, value, progress);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            restarted++;
        }
        return Outcomes.done(Count.of(restarted, "workload") + " restarted"
                + (byHand.isEmpty() ? "" : "; to be restarted by hand: " + String.join(", ", byHand)));
    }

    @Override
    public StepOutcome back(View view, RestartWorkloads params, Progress progress) {
        if (!params.restoredBy().isEmpty()) {
            return Outcomes.done("left to " + params.restoredBy());
        }
        for (String key : params.workloads()) {
            Optional<Workload> workload = view.workload(key);
            if (workload.isPresent()) {
                StepOutcome restored =
                        Restore.of(progress, Refs.of(workload.get()), Optional.of(Pictures.of(workload.get())));
                if (!Outcomes.isDone(restored)) {
                    return restored;
                }
                Optional<StepOutcome> settling = Restore.first(progress, Refs.of(workload.get()))
                        .flatMap(e -> Settling.of(view, workload.get(), progress));
                if (settling.isPresent()) {
                    return settling.get();
                }
            }
        }
        return Outcomes.done("the templates are as before");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS, Part.CILIUM_ENDPOINTS);
    }

    /** A restart that has begun is waited for even when no pod is left to be moved. */
    private static boolean skipped(View view, Workload workload, RestartWorkloads params, String value) {
        return params.onlyWithUnmanagedPods()
                && !Restart.done(workload, value)
                && view.podsOf(workload.key()).stream().allMatch(p -> managed(view, p));
    }

    private static boolean managed(View view, Pod pod) {
        return pod.hostNetwork()
                || pod.finished()
                || pod.terminating()
                || view.ciliumEndpoint(pod).isPresent();
    }

    private static boolean restartable(Workload workload) {
        return RESTARTABLE.contains(workload.kind())
                && !workload.updateStrategy().equals("OnDelete")
                && !workload.paused();
    }
}
