package io.cnishift.strategy.chaining;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Waits for Jobs. One that begins after the step is not waited for: where a CronJob always has a Job under way, there would be
 * no end of it.
 */
final class AwaitJobsHandler implements StepHandler<AwaitJobs> {

    private static final Duration LATER = Duration.ofSeconds(30);

    @Override
    public StepOutcome next(View view, AwaitJobs params, Progress progress) {
        Instant since = progress.underWaySince();
        List<String> running = new Restarts(view)
                .by(Restarts.Way.ITS_END)
                .filter(p ->
                        !p.createdAt().isAfter(since) && view.ciliumEndpoint(p).isEmpty())
                .map(p -> p.workload().orElse(p.key()))
                .distinct()
                .sorted()
                .toList();
        if (running.isEmpty()) {
            return new StepOutcome.Done("no Job is under way without Cilium", List.of());
        }
        if (progress.now().isBefore(since.plus(params.limit()))) {
            return new StepOutcome.NotYet(LATER, "waiting for the end of " + String.join(", ", running));
        }
        return params.otherwise() == AwaitJobs.Otherwise.STOP
                ? new StepOutcome.Blocked(Code.JOB_GOES_ON.of(
                        running.get(0),
                        (running.size() == 1 ? "it" : "as " + Count.of(running.size() - 1, "other", "others") + ", it")
                                + " has not ended after " + params.limit().toMinutes() + " minutes",
                        "resume once it has ended, or plan with a longer jobLimit, or with jobs=leave"))
                : new StepOutcome.Done("left out until they end: " + String.join(", ", running), List.of());
    }

    @Override
    public StepOutcome back(View view, AwaitJobs params, Progress progress) {
        return new StepOutcome.Done("waiting changes nothing", List.of());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.PODS, Part.NODES, Part.INSTANCES, Part.WORKLOADS, Part.CILIUM_ENDPOINTS);
    }
}
