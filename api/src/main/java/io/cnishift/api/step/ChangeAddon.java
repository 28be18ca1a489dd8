package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes version, role or configuration of an EKS add-on and waits until it is healthy and its workloads have settled.
 *
 * @param addon its name
 * @param configuration top-level keys of configurationValues with the values to have; read, merged, written
 * @param version to change to; empty: stays
 * @param role ARN of the IAM role of its service account; empty: stays
 * @param workloads Kind/namespace/name
 */
public record ChangeAddon(
        String addon,
        Map<String, Object> configuration,
        Optional<String> version,
        Optional<String> role,
        List<String> workloads) {

    public ChangeAddon {
        Objects.requireNonNull(addon);
        configuration = Tree.copy(configuration);
        Objects.requireNonNull(version);
        Objects.requireNonNull(role);
        workloads = List.copyOf(workloads);
    }
}
