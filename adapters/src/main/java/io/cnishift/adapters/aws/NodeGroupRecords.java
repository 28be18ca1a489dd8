package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.ClusterRecords.text;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.OwnerTags;
import io.cnishift.api.cluster.Taint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Node groups as records. Pure. */
final class NodeGroupRecords {

    private static final String SCALE_FROM_ZERO = "k8s.io/cluster-autoscaler/node-template/";
    private static final String CUSTOM = "CUSTOM";

    private NodeGroupRecords() {}

    /**
     * What else is known of a group.
     *
     * @param own the template that somebody wrote
     * @param launching the template that launches nodes
     * @param observedHopLimit of its newest instance
     * @param role ARN of the nodes' role, where it had to be looked up
     * @param reservedFree free instances of the capacity reservation that the own template names
     */
    record Context(
            Optional<Template> own,
            Optional<Template> launching,
            OptionalInt observedHopLimit,
            String role,
            OptionalInt reservedFree) {

        UserData ownData() {
            return own.map(Template::userData).orElse(UserData.NONE);
        }

        UserData launchingData() {
            return launching.map(Template::userData).orElse(UserData.NONE);
        }

        // The image may bring a hop limit of its own; then no template tells and only the instances do.
        int hopLimit() {
            return launching
                    .map(Template::hopLimit)
                    .filter(OptionalInt::isPresent)
                    .or(() -> own.map(Template::hopLimit).filter(OptionalInt::isPresent))
                    .or(() -> Optional.of(observedHopLimit).filter(OptionalInt::isPresent))
                    .map(OptionalInt::getAsInt)
                    .orElse(Template.DEFAULT_HOP_LIMIT);
        }

        Optional<NodeGroup.LaunchTemplate> template() {
            boolean tokens = own.map(Template::tokensRequired).orElse(false)
                    || launching.map(Template::tokensRequired).orElse(false);
            return own.map(template -> template.inForce(hopLimit(), tokens, reservedFree));
        }
    }

    static NodeGroup managed(Nodegroup eks, GroupSource source, Context context) {
        boolean ownImage = context.own().flatMap(Template::imageId).isPresent();
        String amiType = text(eks.amiTypeAsString());
        MaxPodsDecider maxPods = MaxPodsDecider.managed(amiType, ownImage, context.ownData(), context.launchingData());
        var scaling = eks.scalingConfig();
        return new NodeGroup(
                eks.nodegroupName(),
                NodeGroup.Kind.MANAGED,
                text(eks.statusAsString()),
                scalingGroup(eks, source),
                scaling == null ? 0 : number(scaling.minSize()),
                scaling == null ? 0 : number(scaling.maxSize()),
                scaling == null ? 0 : number(scaling.desiredSize()),
                types(eks.instanceTypes(), source, context),
                ownImage ? CUSTOM : amiType,
                eks.capacityTypeAsString() == null ? "on-demand" : words(eks.capacityTypeAsString()),
                eks.subnets(),
                context.template(),
                maxPods.by(),
                maxPods.number(),
                eks.labels(),
                eks.taints().stream()
                        .map(t -> new Taint(text(t.key()), text(t.value()), effect(t.effectAsString())))
                        .toList(),
                text(eks.nodeRole()),
                repairsItself(eks),
                suspended(source),
                targetGroups(source),
                issues(eks),
                source.tags(),
                OwnerTags.owner(source.allTags()));
    }

    private static Optional<String> scalingGroup(Nodegroup eks, GroupSource source) {
        return source.scaling()
                .map(AutoScalingGroup::autoScalingGroupName)
                .or(() -> eks.resources() == null
                        ? Optional.empty()
                        : eks.resources().autoScalingGroups().stream()
                                .findFirst()
                                .map(group -> group.name()));
    }

    private static List<String> issues(Nodegroup eks) {
        return eks.health() == null
                ? List.of()
                : eks.health().issues().stream()
                        .map(issue -> issue.codeAsString() + ": " + issue.message())
                        .toList();
    }

    static NodeGroup selfManaged(AutoScalingGroup group, GroupSource source, Context context) {
        MaxPodsDecider maxPods = MaxPodsDecider.selfManaged(context.ownData());
        Map<String, String> tags = source.tags();
        return new NodeGroup(
                group.autoScalingGroupName(),
                NodeGroup.Kind.SELF_MANAGED,
                group.status() == null ? "ACTIVE" : group.status(),
                Optional.of(group.autoScalingGroupName()),
                number(group.minSize()),
                number(group.maxSize()),
                number(group.desiredCapacity()),
                types(List.of(), source, context),
                CUSTOM,
                capacityType(group, context),
                Arrays.stream(text(group.vpcZoneIdentifier()).split(",", -1))
                        .map(String::strip)
                        .filter(subnet -> !subnet.isEmpty())
                        .toList(),
                context.template(),
                maxPods.by(),
                maxPods.number(),
                labels(context.ownData(), tags),
                taints(context.ownData(), tags),
                context.role(),
                false,
                suspended(source),
                targetGroups(source),
                List.of(),
                tags,
                OwnerTags.owner(tags));
    }

    private static List<String> types(List<String> named, GroupSource source, Context context) {
        if (!named.isEmpty()) {
            return named;
        }
        List<String> mixed = source.mixedTypes();
        return mixed.isEmpty()
                ? context.own().or(context::launching).map(Template::instanceType).stream()
                        .filter(type -> !type.isEmpty())
                        .toList()
                : mixed;
    }

    private static String capacityType(AutoScalingGroup group, Context context) {
        String market = context.own().map(Template::market).orElse("");
        if (!market.isEmpty()) {
            return market;
        }
        var policy = group.mixedInstancesPolicy();
        var distribution = policy == null ? null : policy.instancesDistribution();
        boolean spot = distribution != null
                && number(distribution.onDemandBaseCapacity()) == 0
                && Integer.valueOf(0).equals(distribution.onDemandPercentageAboveBaseCapacity());
        return spot ? "spot" : "on-demand";
    }

    // The Cluster Autoscaler's tags describe nodes of a group that is empty; what the user data says is what nodes get.
    private static Map<String, String> labels(UserData data, Map<String, String> tags) {
        Map<String, String> labels = new LinkedHashMap<>();
        String prefix = SCALE_FROM_ZERO + "label/";
        tags.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                labels.put(key.substring(prefix.length()), value);
            }
        });
        labels.putAll(data.labels());
        return labels;
    }

    private static List<Taint> taints(UserData data, Map<String, String> tags) {
        if (!data.taints().isEmpty()) {
            return data.taints();
        }
        String prefix = SCALE_FROM_ZERO + "taint/";
        List<Taint> taints = new ArrayList<>();
        tags.forEach((key, value) -> {
            int colon = value.lastIndexOf(':');
            if (key.startsWith(prefix) && colon >= 0) {
                taints.add(new Taint(
                        key.substring(prefix.length()), value.substring(0, colon), value.substring(colon + 1)));
            }
        });
        return taints;
    }

    static boolean repairsItself(Nodegroup eks) {
        return eks.nodeRepairConfig() != null
                && Boolean.TRUE.equals(eks.nodeRepairConfig().enabled());
    }

    static List<String> suspended(GroupSource source) {
        return source.scaling()
                .map(group -> group.suspendedProcesses().stream()
                        .map(SuspendedProcess::processName)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    private static List<String> targetGroups(GroupSource source) {
        return source.scaling().map(AutoScalingGroup::targetGroupARNs).orElse(List.of());
    }

    // EKS writes NO_SCHEDULE where Kubernetes has NoSchedule.
    private static String effect(String eks) {
        StringBuilder effect = new StringBuilder();
        for (String word : text(eks).toLowerCase(Locale.ROOT).split("_", -1)) {
            effect.append(word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return effect.toString();
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
