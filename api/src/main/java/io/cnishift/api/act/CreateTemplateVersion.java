package io.cnishift.api.act;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Copies a launch template version field by field with only the given differences.
 *
 * @param source version that is copied
 * @param description by which it is found again: MIGRATION/STEP
 * @param imageId image to name; empty: that of the source, if it names one
 * @param maxPods written into the user data (NodeConfig)
 * @param labels node labels registered by the user data; managed groups take theirs from the group
 * @param taints as labels
 * @param tags for instances and volumes that come of it, beside those that the source has for them
 * @param joins cluster that its nodes join, which the user data names where it brings a node up by itself; empty: that of the source
 */
public record CreateTemplateVersion(
        String template,
        long source,
        String description,
        Optional<String> imageId,
        OptionalInt maxPods,
        OptionalInt hopLimit,
        Map<String, String> labels,
        List<Taint> taints,
        Map<String, String> tags,
        Optional<String> joins)
        implements Act {

    public CreateTemplateVersion {
        Objects.requireNonNull(template);
        Objects.requireNonNull(description);
        Objects.requireNonNull(imageId);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        tags = Map.copyOf(tags);
        Objects.requireNonNull(joins);
    }

    /** For nodes of the same cluster. */
    public CreateTemplateVersion(
            String template,
            long source,
            String description,
            Optional<String> imageId,
            OptionalInt maxPods,
            OptionalInt hopLimit,
            Map<String, String> labels,
            List<Taint> taints,
            Map<String, String> tags) {
        this(template, source, description, imageId, maxPods, hopLimit, labels, taints, tags, Optional.empty());
    }

    /** Without more tags. */
    public CreateTemplateVersion(
            String template,
            long source,
            String description,
            Optional<String> imageId,
            OptionalInt maxPods,
            OptionalInt hopLimit,
            Map<String, String> labels,
            List<Taint> taints) {
        this(template, source, description, imageId, maxPods, hopLimit, labels, taints, Map.of());
    }

    /** With the image of the source, and no more tags. */
    public CreateTemplateVersion(
            String template,
            long source,
            String description,
            OptionalInt maxPods,
            OptionalInt hopLimit,
            Map<String, String> labels,
            List<Taint> taints) {
        this(template, source, description, Optional.empty(), maxPods, hopLimit, labels, taints, Map.of());
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "launch template " + template + " (" + description + ")";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:CreateLaunchTemplateVersion", "ec2:DescribeLaunchTemplateVersions");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "create-launch-template-version")
                .with("--launch-template-id", template)
                .raw("--source-version", at.version(template, source))
                .with("--version-description", description)
                .raw("--launch-template-data", TemplateCopy.data(this, at))
                .toString();
    }
}
