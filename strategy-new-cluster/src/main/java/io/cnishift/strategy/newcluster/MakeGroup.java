package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a node group of the second cluster after the one of that name in the first, and waits for its nodes.
 *
 * @param first the first cluster
 * @param second the second one, which the nodes join
 * @param template what its launch template version is a copy of; empty: it has no launch template of its own
 * @param keep whether it stays when the migration is taken back
 */
record MakeGroup(
        String name,
        String first,
        String second,
        Optional<Template> template,
        Map<String, String> labels,
        List<Taint> taints,
        List<String> subnets,
        int minSize,
        int maxSize,
        int desiredSize,
        boolean keep) {

    /**
     * A launch template of the account, of which a version is made for the nodes of the second cluster.
     *
     * @param source version that is copied
     * @param imageId image to name where the source names none, so that EKS leaves max-pods to the user data
     */
    record Template(String id, long source, Optional<String> imageId, OptionalInt maxPods) {
        Template {
            Objects.requireNonNull(id);
            Objects.requireNonNull(imageId);
            Objects.requireNonNull(maxPods);
        }
    }

    MakeGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(first);
        Objects.requireNonNull(second);
        Objects.requireNonNull(template);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        subnets = List.copyOf(subnets);
    }
}
