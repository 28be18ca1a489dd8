package io.cnishift.engine.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run cost so far, all counted from its begin.
 *
 * @param podsRestarted pods of Deployments, StatefulSets and the like that were replaced at least once
 * @param podsRestartedMoreThanOnce those of them that were replaced again
 * @param restartsByWorkload replacements by workload, {@code Kind/namespace/name}
 * @param controllersRestarted workloads of the begin whose pod template was changed
 * @param nodesReplaced nodes of the begin that are gone
 * @param peakExtraNodes most nodes at once beyond those of the begin
 * @param extraNodeTime node-hours beyond the nodes of the begin
 * @param requests calls by port
 */
public record Measures(
        List<ServiceSeconds> services,
        int podsRestarted,
        int podsRestartedMoreThanOnce,
        Map<String, Integer> restartsByWorkload,
        int controllersRestarted,
        int nodesReplaced,
        int peakExtraNodes,
        Duration extraNodeTime,
        Map<String, Long> requests) {

    /** Nothing measured yet. */
    public static final Measures NONE = new Measures(List.of(), 0, 0, Map.of(), 0, 0, 0, Duration.ZERO, Map.of());

    public Measures {
        services = List.copyOf(services);
        restartsByWorkload = Map.copyOf(restartsByWorkload);
        Objects.requireNonNull(extraNodeTime);
        requests = Map.copyOf(requests);
    }
}
