package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Installs a Helm release in a second cluster that the plan makes, before it has nodes: there is nothing to restart, and nothing that
 * could be ready. On the way back it goes with the cluster.
 *
 * @param values the reviewable values document
 */
public record InstallOnSecond(
        String namespace, String release, String chart, String chartVersion, Map<String, Object> values) {

    public InstallOnSecond {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(release);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        values = Tree.copy(values);
    }

    /** The same, as that cluster sees it. */
    public InstallRelease there() {
        return new InstallRelease(namespace, release, chart, chartVersion, values, List.of(), List.of());
    }
}
