package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;

/**
 * Puts a workload that the control plane calls onto the host network: patches its template (ports included) and its update
 * strategy so that the roll fits free hosts, and waits for it.
 *
 * @param workload Kind/namespace/name
 * @param patch strategic merge patch of the workload
 * @param servicePatches strategic merge patches of Services that name changed ports, by namespace/name
 * @param newNodes label key of nodes where its pods must not be without the host network; empty before there are any
 */
public record UseHostNetwork(
        String workload, Map<String, Object> patch, Map<String, Map<String, Object>> servicePatches, String newNodes) {

    public UseHostNetwork {
        Objects.requireNonNull(workload);
        patch = Tree.copy(patch);
        servicePatches = Map.copyOf(servicePatches);
        Objects.requireNonNull(newNodes);
    }
}
