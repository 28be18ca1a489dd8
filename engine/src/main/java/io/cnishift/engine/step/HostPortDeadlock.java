package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out that a pod on the host network waits for a port that is taken on every node it might run on: by an older pod of
 * the same workload that the roll keeps until the new one is ready, or by a stranger.
 */
final class HostPortDeadlock {

    private static final Duration SCHEDULED_WITHIN = Duration.ofMinutes(2);

    private HostPortDeadlock() {}

    static Optional<Finding> of(View view, Workload workload, Instant now) {
        return view.podsOf(workload.key()).stream()
                .filter(p -> p.node().isEmpty() && p.phase() == Pod.Phase.PENDING && !p.terminating())
                .filter(p -> p.createdAt().plus(SCHEDULED_WITHIN).isBefore(now))
                .flatMap(p -> clash(view, p, workload).stream())
                .findFirst();
    }

    private static Optional<Finding> clash(View view, Pod pod, Workload workload) {
        List<Node> nodes = view.nodes().stream()
                .filter(n -> n.ready() && n.linux() && !n.unschedulable())
                .toList();
        Optional<Pod> holder = Optional.empty();
        for (Node node : nodes) {
            Optional<Pod> here = view.podsOn(node.name()).stream()
                    .filter(p -> !p.finished() && p.hostPorts().stream().anyMatch(pod.hostPorts()::contains))
                    .findFirst();
            if (here.isEmpty()) {
                return Optional.empty();
            }
            holder = here;
        }
        return holder.map(p -> finding(pod, p, workload));
    }

    private static Finding finding(Pod pod, Pod holder, Workload workload) {
        String ports = pod.hostPorts().stream()
                .filter(holder.hostPorts()::contains)
                .map(p -> p.protocol() + "/" + p.port())
                .distinct()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return StepCode.HOST_PORT_DEADLOCK.of(
                Refs.words(workload.key()),
                "pod " + pod.key() + " finds no node: host port " + ports + " is taken on every node, on "
                        + holder.node().orElse("") + " by " + holder.key(),
                "let its update strategy take a pod away first (maxSurge 0, maxUnavailable 1), or give it other ports");
    }
}
