package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Brings a Helm release to these values and waits until its workloads run them.
 *
 * @param values the reviewable values document of this phase
 * @param restart workloads to restart when the values changed, for agents read their configuration at start only
 * @param ready workloads (Kind/namespace/name) that must be settled
 */
public record InstallRelease(
        String namespace,
        String release,
        String chart,
        String chartVersion,
        Map<String, Object> values,
        List<String> restart,
        List<String> ready) {

    public InstallRelease {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(release);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        values = Tree.copy(values);
        restart = List.copyOf(restart);
        ready = List.copyOf(ready);
    }
}
