package io.cnishift.adapters.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** A node group as AWS has it: a managed group with its Auto Scaling group, or an Auto Scaling group alone. */
record GroupSource(Optional<Nodegroup> managed, Optional<AutoScalingGroup> scaling) {

    /** Id and version, as number, {@code $Default} or {@code $Latest}. */
    record TemplateRef(String id, String version) {}

    String name() {
        return managed.map(Nodegroup::nodegroupName)
                .or(() -> scaling.map(AutoScalingGroup::autoScalingGroupName))
                .orElse("");
    }

    /** In the words of EKS; an Auto Scaling group that says nothing is there and well. */
    String status() {
        return managed.isPresent()
                ? managed.map(Nodegroup::statusAsString).orElse("")
                : scaling.map(AutoScalingGroup::status).orElse("ACTIVE");
    }

    /** Tags of the managed group, or else of the Auto Scaling group. */
    Map<String, String> tags() {
        return managed.map(Nodegroup::tags)
                .or(() -> scaling.map(group -> Tags.ofGroup(group.tags())))
                .orElse(Map.of());
    }

    /** Every tag that tells something about the owner, those of a managed group winning. */
    Map<String, String> allTags() {
        Map<String, String> all = new LinkedHashMap<>(
                scaling.map(group -> Tags.ofGroup(group.tags())).orElse(Map.of()));
        all.putAll(tags());
        return all;
    }

    /** The template that somebody wrote: of a managed group the one it names, if any. */
    Optional<TemplateRef> ownTemplate() {
        return managed.isEmpty()
                ? launchingTemplate()
                : managed.map(Nodegroup::launchTemplate)
                        .filter(own -> own.id() != null)
                        .map(own -> new TemplateRef(own.id(), own.version() == null ? "$Default" : own.version()));
    }

    /** The template that launches nodes: of a managed group the one that EKS generated. */
    Optional<TemplateRef> launchingTemplate() {
        return scaling.flatMap(group -> Optional.ofNullable(template(group)))
                .filter(template -> template.launchTemplateId() != null)
                .map(template -> new TemplateRef(
                        template.launchTemplateId(), template.version() == null ? "$Default" : template.version()));
    }

    private static @Nullable LaunchTemplateSpecification template(AutoScalingGroup group) {
        if (group.launchTemplate() != null) {
            return group.launchTemplate();
        }
        return group.mixedInstancesPolicy() == null
                        || group.mixedInstancesPolicy().launchTemplate() == null
                ? null
                : group.mixedInstancesPolicy().launchTemplate().launchTemplateSpecification();
    }

    /** Instance types that a mixed instances policy names. */
    List<String> mixedTypes() {
        return scaling.map(AutoScalingGroup::mixedInstancesPolicy)
                .map(policy -> policy.launchTemplate())
                .map(template -> template.overrides().stream()
                        .filter(override -> override.instanceType() != null)
                        .map(override -> override.instanceType())
                        .toList())
                .orElse(List.of());
    }
}
