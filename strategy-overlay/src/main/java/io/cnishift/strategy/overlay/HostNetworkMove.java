package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Workload;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A workload that the control plane calls, and what puts it onto the host network.
 *
 * @param calls what is called: webhooks, aggregated APIs
 * @param ports ports that change, old to new
 * @param reached host ports that the control plane calls afterwards
 * @param served host ports that Services lead to afterwards
 * @param patch strategic merge patch of the workload
 * @param servicePatches strategic merge patches of Services that name a changed port by number
 * @param problems what stands against it, or has to be accepted
 */
record HostNetworkMove(
        Workload workload,
        List<String> calls,
        SortedMap<Integer, Integer> ports,
        List<Integer> reached,
        List<Integer> served,
        Map<String, Object> patch,
        Map<String, Map<String, Object>> servicePatches,
        List<Finding> problems) {

    HostNetworkMove {
        Objects.requireNonNull(workload);
        calls = List.copyOf(calls);
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        reached = List.copyOf(reached);
        served = List.copyOf(served);
        servicePatches = Map.copyOf(servicePatches);
        problems = List.copyOf(problems);
    }

    /** What is called, a configuration of several webhooks once. */
    String called() {
        return calls.stream().map(call -> call.split("/", -1)[1]).distinct().collect(Collectors.joining(", "));
    }

    /** Which ports change, in words. */
    String moved() {
        return ports.entrySet().stream()
                .map(p -> "port " + p.getKey() + " is taken on nodes and becomes " + p.getValue())
                .collect(Collectors.joining(", "));
    }

    String step() {
        return StepIds.hostNetwork(workload);
    }
}
