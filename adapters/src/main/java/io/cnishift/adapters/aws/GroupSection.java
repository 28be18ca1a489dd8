package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Reads the node groups that AWS knows (managed groups, Auto Scaling groups of the cluster), their launch templates and all
 * instances of the cluster. NodePools of Karpenter come from the API server; their instances are found here by tag.
 */
final class GroupSection {

    private static final String TERMINATED = "terminated";

    private final AwsRead read;
    private final AwsApis apis;
    private final Collected out;
    private final TemplateSection templates;

    GroupSection(AwsRead read) {
        this.read = read;
        this.apis = read.apis();
        this.out = read.out();
        this.templates = new TemplateSection(read);
    }

    /** The Auto Scaling groups' target groups, by which load balancers of the cluster are recognised. */
    Set<String> targetGroups(List<GroupSource> sources) {
        return sources.stream()
                .flatMap(source -> source.scaling().stream())
                .flatMap(group -> group.targetGroupARNs().stream())
                .collect(Collectors.toSet());
    }

    void read(Set<Part> parts, List<GroupSource> sources) {
        Membership membership = new Membership(sources);
        List<Instance> instances = instances(membership);
        if (parts.contains(Part.INSTANCES)) {
            instances.forEach(instance -> out.add(InstanceRecords.instance(instance, membership)));
        }
        if (parts.contains(Part.NODE_GROUPS) || parts.contains(Part.LAUNCH_TEMPLATES)) {
            List<NodeGroup> groups = new ArrayList<>();
            sources.forEach(source -> groups.add(group(source, instances, membership)));
            if (parts.contains(Part.NODE_GROUPS)) {
                out.addAll(groups);
            }
            if (parts.contains(Part.LAUNCH_TEMPLATES)) {
                out.addAll(templates.records());
            }
        }
    }

    List<GroupSource> sources() {
        List<Nodegroup> managed = new ArrayList<>();
        for (String name : out.list(
                Part.NODE_GROUPS, "managed node groups", () -> apis.eks().nodegroups(read.name()))) {
            out.attempt(Part.NODE_GROUPS, name, () -> apis.eks().nodegroup(read.name(), name))
                    .ifPresent(managed::add);
        }
        Map<String, AutoScalingGroup> scaling = scalingGroups(managed);
        List<GroupSource> sources = new ArrayList<>();
        for (Nodegroup group : managed) {
            List<AutoScalingGroup> own = names(group).stream()
                    .map(scaling::remove)
                    .filter(Objects::nonNull)
                    .toList();
            sources.add(new GroupSource(Optional.of(group), own.stream().findFirst()));
        }
        scaling.values().stream()
                .filter(group -> selfManaged(Tags.ofGroup(group.tags())))
                .forEach(group -> sources.add(new GroupSource(Optional.empty(), Optional.of(group))));
        return sources;
    }

    private Map<String, AutoScalingGroup> scalingGroups(List<Nodegroup> managed) {
        Map<String, AutoScalingGroup> byName = new LinkedHashMap<>();
        out.list(
                        Part.NODE_GROUPS,
                        "Auto Scaling groups",
                        () -> apis.scaling()
                                .groupsTagged(Tags.clusterKey(read.name()), "k8s.io/cluster-autoscaler/" + read.name()))
                .forEach(group -> byName.put(group.autoScalingGroupName(), group));
        List<String> missing = managed.stream()
                .flatMap(group -> names(group).stream())
                .filter(name -> !byName.containsKey(name))
                .toList();
        out.list(
                        Part.NODE_GROUPS,
                        "Auto Scaling groups of managed node groups",
                        () -> apis.scaling().groups(missing))
                .forEach(group -> byName.put(group.autoScalingGroupName(), group));
        return byName;
    }

    private static List<String> names(Nodegroup group) {
        return group.resources() == null
                ? List.of()
                : group.resources().autoScalingGroups().stream()
                        .map(scaling -> scaling.name())
                        .filter(Objects::nonNull)
                        .toList();
    }

    // A group that a managed node group made but that could not be described is that one's, not a self-managed one.
    private boolean selfManaged(Map<String, String> tags) {
        return !tags.containsKey("eks:nodegroup-name")
                && (tags.containsKey(Tags.clusterKey(read.name()))
                        || tags.containsKey("k8s.io/cluster-autoscaler/" + read.name()));
    }

    private List<Instance> instances(Membership membership) {
        Map<String, Instance> byId = new LinkedHashMap<>();
        out.list(Part.INSTANCES, "instances by tag", () -> apis.ec2().instancesTagged(Tags.clusterKey(read.name())))
                .forEach(instance -> byId.put(instance.instanceId(), instance));
        List<String> missing = membership.instances().stream()
                .filter(id -> !byId.containsKey(id))
                .sorted()
                .toList();
        out.list(
                        Part.INSTANCES,
                        "instances of Auto Scaling groups",
                        () -> apis.ec2().instances(missing))
                .forEach(instance -> byId.put(instance.instanceId(), instance));
        return byId.values().stream()
                .filter(instance -> instance.state() == null
                        || !TERMINATED.equals(instance.state().nameAsString()))
                .toList();
    }

    private NodeGroup group(GroupSource source, List<Instance> instances, Membership membership) {
        Optional<Template> own = source.ownTemplate().flatMap(ref -> templates.own(ref.id(), ref.version()));
        Optional<Template> launching =
                source.launchingTemplate().flatMap(ref -> templates.inForce(ref.id(), ref.version()));
        NodeGroupRecords.Context context = new NodeGroupRecords.Context(
                own,
                launching,
                observedHopLimit(source.name(), instances, membership),
                role(source, own),
                reservedFree(own));
        return source.managed()
                .map(managed -> NodeGroupRecords.managed(managed, source, context))
                .orElseGet(() -> NodeGroupRecords.selfManaged(source.scaling().orElseThrow(), source, context));
    }

    /** Free instances of the reservation that a template names; of a group of reservations nobody counts them. */
    private OptionalInt reservedFree(Optional<Template> own) {
        String reservation = own.map(Template::reservation).orElse("");
        return reservation.isEmpty() || reservation.startsWith("arn:")
                ? OptionalInt.empty()
                : out
                        .list(
                                Part.NODE_GROUPS,
                                "capacity reservation " + reservation,
                                () -> apis.ec2().capacityReservation(reservation))
                        .stream()
                        .filter(r -> r.availableInstanceCount() != null)
                        .mapToInt(r -> r.availableInstanceCount())
                        .findFirst();
    }

    private static OptionalInt observedHopLimit(String group, List<Instance> instances, Membership membership) {
        return instances.stream()
                .filter(i -> membership
                        .groupOf(i.instanceId(), Tags.of(i.tags()))
                        .filter(group::equals)
                        .isPresent())
                .filter(i -> i.metadataOptions() != null && i.metadataOptions().httpPutResponseHopLimit() != null)
                .max(Comparator.comparing(Instance::launchTime, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(i -> OptionalInt.of(i.metadataOptions().httpPutResponseHopLimit()))
                .orElse(OptionalInt.empty());
    }

    /** The role of self-managed nodes: templates name a profile, and only IAM knows the role in it. */
    private String role(GroupSource source, Optional<Template> own) {
        String profile = own.map(Template::instanceProfile).orElse("");
        if (source.managed().isPresent() || profile.isEmpty()) {
            return "";
        }
        String name = profile.substring(profile.lastIndexOf('/') + 1);
        return out
                .list(
                        Part.NODE_GROUPS,
                        "role of instance profile " + name,
                        () -> apis.scaling().rolesOfProfile(name))
                .stream()
                .findFirst()
                .map(role -> role.arn())
                .orElse("");
    }
}
