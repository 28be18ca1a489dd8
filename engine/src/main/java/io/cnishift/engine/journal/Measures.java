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
 * @param slots the slots of workloads whose pods came or went, by workload
 * @param templatesChanged workloads whose pod template was changed
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
        Map<String, Slots> slots,
        List<String> templatesChanged,
        int nodesReplaced,
        int peakExtraNodes,
        Duration extraNodeTime,
        Map<String, Long> requests) {

    /** Nothing measured yet. */
    public static final Measures NONE =
            new Measures(List.of(), 0, 0, Map.of(), Map.of(), List.of(), 0, 0, Duration.ZERO, Map.of());

    public Measures {
        services = List.copyOf(services);
        restartsByWorkload = Map.copyOf(restartsByWorkload);
        slots = Map.copyOf(slots);
        templatesChanged = List.copyOf(templatesChanged);
        Objects.requireNonNull(extraNodeTime);
        requests = Map.copyOf(requests);
    }
}
