package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Finds out that waiting for a workload is in vain: its pods crash again and again, or find no node. */
final class Stuck {

    private static final int MOST_RESTARTS = 3;
    private static final Duration HOMELESS = Duration.ofMinutes(10);

    private Stuck() {}

    /** Looks at pods made since the step began, to the second, as Kubernetes counts; older ones are not its doing. */
    static Optional<Finding> of(View view, String workload, Progress progress) {
        Instant begun = progress.begunAt().orElse(progress.now()).truncatedTo(ChronoUnit.SECONDS);
        return view.podsOf(workload).stream()
                .filter(p -> !p.terminating() && !p.ready() && !p.finished())
                .filter(p -> !p.createdAt().isBefore(begun))
                .flatMap(p -> of(p, workload, progress.now()).stream())
                .findFirst();
    }

    private static Optional<Finding> of(Pod pod, String workload, Instant now) {
        String subject = "Pod " + pod.key();
        if (pod.restarts() > MOST_RESTARTS) {
            return Optional.of(StepCode.CRASH_LOOP.of(
                    subject,
                    "of " + Refs.words(workload) + " was restarted " + pod.restarts() + " times and is not ready",
                    "read its log: kubectl -n " + pod.namespace() + " logs " + pod.name() + " --previous"));
        }
        if (pod.node().isEmpty() && pod.createdAt().plus(HOMELESS).isBefore(now)) {
            return Optional.of(StepCode.UNSCHEDULABLE.of(
                    subject,
                    "of " + Refs.words(workload) + " has found no node since " + pod.createdAt(),
                    "see its events: kubectl -n " + pod.namespace() + " describe pod " + pod.name()));
        }
        return Optional.empty();
    }
}
