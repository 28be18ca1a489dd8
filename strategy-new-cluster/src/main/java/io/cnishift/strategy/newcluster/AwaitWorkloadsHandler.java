package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Waits for workloads in the second cluster; whoever brings them. */
final class AwaitWorkloadsHandler implements StepHandler<AwaitWorkloads> {

    @Override
    public StepOutcome next(View view, AwaitWorkloads params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<String> waiting = params.workloads().stream()
                    .flatMap(key -> waiting(second, key).stream())
                    .toList();
            return waiting.isEmpty()
                    ? Outcomes.done(Count.of(
                                    params.workloads().size(),
                                    "workload has all its pods",
                                    "workloads have all their pods")
                            + " in the second cluster")
                    : Outcomes.notYet(
                            10,
                            "in the second cluster " + waiting.get(0)
                                    + (waiting.size() == 1 ? "" : ", and " + (waiting.size() - 1) + " more"));
        });
    }

    private static Optional<String> waiting(View second, String key) {
        Optional<Workload> workload = second.workload(key);
        if (workload.isEmpty()) {
            return Optional.of(key + " is not there yet");
        }
        return workload.filter(w -> !w.settled())
                .map(w -> key + " has " + w.available() + " of " + Count.of(w.desired(), "pod"));
    }

    @Override
    public StepOutcome back(View view, AwaitWorkloads params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS);
    }
}
