package io.cnishift.strategy.newcluster;

import java.util.List;

/**
 * Waits until workloads of these namespaces are in the second cluster and have all their pods there.
 *
 * @param workloads {@code Kind/namespace/name}
 */
record AwaitWorkloads(List<String> workloads) {
    AwaitWorkloads {
        workloads = List.copyOf(workloads);
    }
}
