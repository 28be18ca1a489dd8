package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings a Helm release to these values and waits until its workloads run them.
 *
 * @param values the reviewable values document of this phase
 * @param restart workloads to restart when the values changed, for agents read their configuration at start only
 * @param ready workloads (Kind/namespace/name) that must be settled
 * @param leaving values that a new release gets before it is uninstalled on the way back, so that its agents clean their nodes
 *     up when they end; empty: it is uninstalled as it is, and not before no pod is wired by it
 */
public record InstallRelease(
        String namespace,
        String release,
        String chart,
        String chartVersion,
        Map<String, Object> values,
        List<String> restart,
        List<String> ready,
        Map<String, Object> leaving) {

    public InstallRelease {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(release);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        values = Tree.copy(values);
        restart = List.copyOf(restart);
        ready = List.copyOf(ready);
        leaving = Tree.copy(leaving);
    }

    /** The release that parameters of a step are about, in whichever cluster. */
    public static Optional<InstallRelease> in(Record params) {
        if (params instanceof InstallOnSecond second) {
            return Optional.of(second.there());
        }
        return params instanceof InstallRelease first ? Optional.of(first) : Optional.empty();
    }

    /** A release that is uninstalled as it is. */
    public InstallRelease(
            String namespace,
            String release,
            String chart,
            String chartVersion,
            Map<String, Object> values,
            List<String> restart,
            List<String> ready) {
        this(namespace, release, chart, chartVersion, values, restart, ready, Map.of());
    }
}
