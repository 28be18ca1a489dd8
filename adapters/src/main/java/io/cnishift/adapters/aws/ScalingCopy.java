package io.cnishift.adapters.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;

/**
 * An Auto Scaling group field by field. Not copied: name, sizes and subnets, which the act says; suspended processes, which are
 * acts of their own; policies and schedules, which would set the size; warm pools, whose instances would be of no use.
 */
final class ScalingCopy {

    private static final String LATTICE = "vpc-lattice";

    private ScalingCopy() {}

    static CreateAutoScalingGroupRequest.Builder of(
            AutoScalingGroup like, TemplateUse template, Map<String, String> more) {
        CreateAutoScalingGroupRequest.Builder copy = CreateAutoScalingGroupRequest.builder()
                .healthCheckType(like.healthCheckType())
                .healthCheckGracePeriod(like.healthCheckGracePeriod())
                .defaultCooldown(like.defaultCooldown())
                .defaultInstanceWarmup(like.defaultInstanceWarmup())
                .placementGroup(like.placementGroup())
                .newInstancesProtectedFromScaleIn(like.newInstancesProtectedFromScaleIn())
                .capacityRebalance(like.capacityRebalance())
                .serviceLinkedRoleARN(like.serviceLinkedRoleARN())
                .maxInstanceLifetime(like.maxInstanceLifetime())
                .context(like.context())
                .desiredCapacityType(like.desiredCapacityType())
                .instanceMaintenancePolicy(like.instanceMaintenancePolicy())
                .availabilityZoneDistribution(like.availabilityZoneDistribution())
                .availabilityZoneImpairmentPolicy(like.availabilityZoneImpairmentPolicy())
                .capacityReservationSpecification(like.capacityReservationSpecification())
                .instanceLifecyclePolicy(like.instanceLifecyclePolicy())
                .tags(tags(like, more));
        lists(like, copy);
        return like.mixedInstancesPolicy() == null
                ? copy.launchTemplate(template.specification())
                : copy.mixedInstancesPolicy(template.in(like.mixedInstancesPolicy()));
    }

    /** Empty ones are left out: some are refused when they are empty. Other traffic sources stand in lists of their own. */
    private static void lists(AutoScalingGroup like, CreateAutoScalingGroupRequest.Builder copy) {
        if (!like.targetGroupARNs().isEmpty()) {
            copy.targetGroupARNs(like.targetGroupARNs());
        }
        if (!like.loadBalancerNames().isEmpty()) {
            copy.loadBalancerNames(like.loadBalancerNames());
        }
        if (!like.terminationPolicies().isEmpty()) {
            copy.terminationPolicies(like.terminationPolicies());
        }
        List<TrafficSourceIdentifier> sources = like.trafficSources().stream()
                .filter(s -> LATTICE.equals(s.type()))
                .toList();
        if (!sources.isEmpty()) {
            copy.trafficSources(sources);
        }
    }

    /** Each with the flag that says whether instances get it; those of the act go to instances too. */
    private static List<Tag> tags(AutoScalingGroup like, Map<String, String> more) {
        Map<String, String> all = Tags.copied(Tags.ofGroup(like.tags()), more);
        return all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> Tag.builder()
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .propagateAtLaunch(more.containsKey(tag.getKey()) || propagates(like, tag.getKey()))
                        .build())
                .toList();
    }

    private static boolean propagates(AutoScalingGroup like, String key) {
        return like.tags().stream()
                .filter(t -> t.key().equals(key))
                .anyMatch(t -> Boolean.TRUE.equals(t.propagateAtLaunch()));
    }
}
