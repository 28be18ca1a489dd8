package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One version of a launch template that a node group uses, as far as cnishift understands its user data.
 *
 * @param description as written; cnishift writes {@code MIGRATION/STEP} into those it makes
 * @param maxPods the max-pods that its user data (NodeConfig, bootstrap arguments, Bottlerocket settings) sets
 * @param labels node labels that its user data gives
 * @param taints node taints that its user data registers
 */
public record TemplateVersion(
        String template,
        long version,
        String description,
        Optional<String> imageId,
        OptionalInt maxPods,
        int hopLimit,
        Map<String, String> labels,
        List<Taint> taints,
        List<String> securityGroups)
        implements Resource {

    public TemplateVersion {
        Objects.requireNonNull(template);
        Objects.requireNonNull(description);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        securityGroups = List.copyOf(securityGroups);
    }

    @Override
    public Part part() {
        return Part.LAUNCH_TEMPLATES;
    }

    @Override
    public String key() {
        return template + ":" + version;
    }
}
