package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Restarts workloads one after the other by their template annotation, each settled before the next; a pod that already runs
 * on the target CNI is not counted as left.
 *
 * @param workloads Kind/namespace/name
 * @param onlyWithUnmanagedPods skip a workload whose pods all run on the target CNI already
 * @param restoredBy id of the {@link RestoreWorkloads} step that takes these restarts back, later on the way back; empty: this
 *     step does
 */
public record RestartWorkloads(List<String> workloads, boolean onlyWithUnmanagedPods, String restoredBy) {

    /** Annotation of a pod template that was restarted so; its value names migration and step. */
    public static final String ANNOTATION = "cnishift.io/restart";

    public RestartWorkloads {
        workloads = List.copyOf(workloads);
        Objects.requireNonNull(restoredBy);
    }

    /** Restarts that this step takes back itself. */
    public RestartWorkloads(List<String> workloads, boolean onlyWithUnmanagedPods) {
        this(workloads, onlyWithUnmanagedPods, "");
    }
}
