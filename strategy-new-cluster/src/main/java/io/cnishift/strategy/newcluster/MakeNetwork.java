package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;

/**
 * Installs Cilium in the second cluster, before it has nodes: they would never be ready without a network. On the way back it goes with the
 * cluster.
 */
record MakeNetwork(String chart, String chartVersion, Map<String, Object> values) {
    MakeNetwork {
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        values = Tree.copy(values);
    }
}
