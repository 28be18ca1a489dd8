package io.cnishift.api.step;

import java.util.List;

/**
 * Restarts workloads one after the other by their template annotation, each settled before the next; a pod that already runs on the target CNI is not counted as left.
 *
 * @param workloads Kind/namespace/name
 * @param onlyWithUnmanagedPods skip a workload whose pods all run on the target CNI already
 */
public record RestartWorkloads(List<String> workloads, boolean onlyWithUnmanagedPods) {

    public RestartWorkloads {
        workloads = List.copyOf(workloads);
    }
}
