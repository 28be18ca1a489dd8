package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Installs EKS add-ons in the second cluster as the first one has them, or in the version that EKS takes where none is named. On the way
 * back they go with the cluster.
 *
 * @param active whether to wait until all are active, which those cannot be that have no node yet
 */
record MakeAddons(List<Wanted> addons, boolean active) {

    /** An add-on. */
    record Wanted(String name, String version, Map<String, Object> configuration, Optional<String> role) {
        Wanted {
            Objects.requireNonNull(name);
            Objects.requireNonNull(version);
            configuration = Tree.copy(configuration);
            Objects.requireNonNull(role);
        }
    }

    MakeAddons {
        addons = List.copyOf(addons);
    }
}
