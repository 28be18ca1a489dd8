package io.cnishift.api.act;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The input of a call that makes a group like another one, as shell text: the other one is described, what a copy takes is picked
 * with jq, and what the act says itself is laid over it.
 */
final class GroupCopy {

    /**
     * {@code stays}: whether a tag is of the original alone, as {@link io.cnishift.api.cluster.OwnerTags#staysWithOriginal} has it.
     */
    private static final String STAYS = "def stays($key; $value):"
            + " ($key | ascii_downcase | gsub(\"[-_ :/.]\"; \"\")) as $plain | ($value // \"\" | ascii_downcase) as $said"
            + " | ($key | test(\"^(aws:|eks:|alpha[.]eksctl[.]io/)\"))"
            + " or (if $plain | IN(\"terraform\", \"opentofu\") then $said | IN(\"false\", \"no\") | not"
            + " else ($plain | IN(\"managedby\", \"createdby\", \"provisionedby\", \"provisioner\", \"deployedby\", \"iac\", \"tool\"))"
            + " and ($said | test(\"terraform|terragrunt|opentofu|\\\\btofu\\\\b\")) end); ";

    /** The tags of the original under those of the copy. */
    private static final String TAGS =
            "((($like.tags // {}) | with_entries(select(stays(.key; .value) | not))) + $own.tags)";

    private static final String OTHER_TAGS = "([$like.Tags[]? | {Key, Value, PropagateAtLaunch}"
            + " | select(stays(.Key; .Value) | not)"
            + " | select(.Key as $k | all($own.Tags[]; .Key != $k))] + $own.Tags)";

    private static final String KNOWN = " | with_entries(select(.value != null and .value != []))";

    private GroupCopy() {}

    /** For {@code eks create-nodegroup}. */
    static String of(CreateNodeGroup act, Surroundings at) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("nodegroupName", act.name());
        own.put(
                "scalingConfig",
                Map.of("minSize", act.minSize(), "maxSize", act.maxSize(), "desiredSize", act.desiredSize()));
        own.put("subnets", act.subnets());
        own.put("labels", act.labels());
        own.put("taints", act.taints().stream().map(GroupCopy::taint).toList());
        own.put("tags", act.tags());
        AwsCommand described = act.likeIn()
                .map(cluster -> AwsCommand.of(at, "eks", "describe-nodegroup").with("--cluster-name", cluster))
                .orElseGet(() -> AwsCommand.eks(at, "describe-nodegroup"));
        String like = described
                .with("--nodegroup-name", act.like())
                .with("--output", "json")
                .toString();
        String program = STAYS
                + ".nodegroup as $like | $like | {nodeRole, capacityType, instanceTypes, amiType, version, updateConfig,"
                + " nodeRepairConfig,"
                + " launchTemplate: (.launchTemplate | if . then {id, version" + version(act.templateVersion())
                + "} else null end)} + $own + {tags: " + TAGS + "}"
                + (image(act, at)
                        ? " | del(.amiType, .version)"
                        : " | if .amiType == \"CUSTOM\" then del(.amiType, .version) else . end")
                + KNOWN;
        return Shell.output(
                like + " | jq -c --argjson own " + Json.word(own) + number(act, at) + " " + Shell.quoted(program));
    }

    private static String version(OptionalLong number) {
        return number.isPresent() ? ": $version" : "";
    }

    private static String number(CreateNodeGroup act, Surroundings at) {
        return act.templateVersion().isEmpty()
                ? ""
                : " --arg version "
                        + at.version(template(act, at), act.templateVersion().getAsLong());
    }

    private static String template(CreateNodeGroup act, Surroundings at) {
        return at.group(act.like())
                .flatMap(NodeGroup::launchTemplate)
                .map(NodeGroup.LaunchTemplate::id)
                .orElse("");
    }

    /** EKS takes no AMI type beside an image in the template. */
    private static boolean image(CreateNodeGroup act, Surroundings at) {
        return act.templateVersion().stream().anyMatch(number -> at.namesImage(template(act, at), number));
    }

    private static Map<String, Object> taint(Taint taint) {
        String effect = taint.effect().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        return Map.of("key", taint.key(), "value", taint.value(), "effect", effect);
    }

    /** For {@code autoscaling create-auto-scaling-group}. */
    static String of(CreateAutoScalingGroup act, Surroundings at) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("AutoScalingGroupName", act.name());
        own.put("MinSize", act.minSize());
        own.put("MaxSize", act.maxSize());
        own.put("DesiredCapacity", act.desiredSize());
        own.put("VPCZoneIdentifier", String.join(",", act.subnets()));
        own.put(
                "Tags",
                act.tags().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(GroupCopy::tag)
                        .toList());
        String like = AwsCommand.of(at, "autoscaling", "describe-auto-scaling-groups")
                .raw("--auto-scaling-group-names", at.scalingGroup(act.like()))
                .with("--output", "json")
                .toString();
        String template = at.group(act.like())
                .flatMap(NodeGroup::launchTemplate)
                .map(NodeGroup.LaunchTemplate::id)
                .orElse("");
        List<String> kept = List.of(
                "LaunchTemplate",
                "MixedInstancesPolicy",
                "TargetGroupARNs",
                "LoadBalancerNames",
                "HealthCheckType",
                "HealthCheckGracePeriod",
                "DefaultCooldown",
                "DefaultInstanceWarmup",
                "TerminationPolicies",
                "CapacityRebalance",
                "MaxInstanceLifetime",
                "ServiceLinkedRoleARN");
        String numbered = "{LaunchTemplateId, Version: $version}";
        String program = STAYS + ".AutoScalingGroups[0] as $like | $like | {"
                + kept.stream().collect(Collectors.joining(", ")) + "} + $own + {Tags: " + OTHER_TAGS + "}"
                + " | if .MixedInstancesPolicy"
                + " then .MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification |= " + numbered
                + " else .LaunchTemplate |= " + numbered + " end" + KNOWN;
        return Shell.output(like + " | jq -c --argjson own " + Json.word(own) + " --arg version "
                + at.version(template, act.templateVersion()) + " " + Shell.quoted(program));
    }

    private static Map<String, Object> tag(Map.Entry<String, String> tag) {
        return Map.of("Key", tag.getKey(), "Value", tag.getValue(), "PropagateAtLaunch", true);
    }
}
