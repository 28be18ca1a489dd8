package io.cnishift.adapters.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplate;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

/** A launch template version as an Auto Scaling group names it. */
record TemplateUse(String template, long version) {

    LaunchTemplateSpecification specification() {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(template)
                .version(String.valueOf(version))
                .build();
    }

    /** The policy with that version; types that have a template of their own keep it. */
    MixedInstancesPolicy in(MixedInstancesPolicy policy) {
        List<LaunchTemplateOverrides> overrides = Optional.ofNullable(policy.launchTemplate())
                .map(t -> t.overrides().stream().map(this::in).toList())
                .orElse(List.of());
        return policy.toBuilder()
                .launchTemplate(LaunchTemplate.builder()
                        .launchTemplateSpecification(specification())
                        .overrides(overrides)
                        .build())
                .build();
    }

    private LaunchTemplateOverrides in(LaunchTemplateOverrides override) {
        LaunchTemplateSpecification own = override.launchTemplateSpecification();
        return own != null && template.equals(own.launchTemplateId())
                ? override.toBuilder()
                        .launchTemplateSpecification(specification())
                        .build()
                : override;
    }
}
