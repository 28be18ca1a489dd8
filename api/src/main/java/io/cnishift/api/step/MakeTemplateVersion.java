package io.cnishift.api.step;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a launch template version that differs from another only in these fields.
 *
 * @param imageId image to name where the source names none, so that EKS leaves max-pods to the user data
 * @param labels node labels in the user data, for groups whose nodes take them from there
 * @param taints as labels
 * @param joins cluster that its nodes join, to be said beside an image that the source does not name and for another cluster;
 *     empty: that of the source
 */
public record MakeTemplateVersion(
        String template,
        long source,
        Optional<String> imageId,
        OptionalInt maxPods,
        OptionalInt hopLimit,
        Map<String, String> labels,
        List<Taint> taints,
        Optional<String> joins) {

    public MakeTemplateVersion {
        Objects.requireNonNull(template);
        Objects.requireNonNull(imageId);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        Objects.requireNonNull(joins);
    }
}
