package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.Kind;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Calls that make and delete groups. */
public final class GroupLifeApi implements Behaviour {

    @Override
    public String id() {
        return "group-life-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks CreateNodegroup, DeleteNodegroup, autoscaling CreateAutoScalingGroup; domain.md 8.1, 9.2";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        GroupLife life = new GroupLife(kernel);
        // what was under way when the snapshot was taken goes on
        cloud.view().nodeGroups().forEach(life::goOn);
        acts.on(CreateNodeGroup.class, a -> before(cloud, a.name()), a -> create(kernel, life, a));
        acts.on(CreateAutoScalingGroup.class, a -> before(cloud, a.name()), a -> create(cloud, a));
        acts.on(DeleteNodeGroup.class, a -> before(cloud, a.name()), a -> delete(cloud, life, a.name(), Kind.MANAGED));
        acts.on(
                DeleteAutoScalingGroup.class,
                a -> before(cloud, a.name()),
                a -> delete(cloud, life, a.name(), Kind.SELF_MANAGED));
    }

    private static Map<String, Object> before(Cloud cloud, String group) {
        return cloud.group(group)
                .map(g -> Trees.of(
                        "name",
                        g.name(),
                        "status",
                        g.status(),
                        "minSize",
                        (long) g.minSize(),
                        "maxSize",
                        (long) g.maxSize(),
                        "desiredSize",
                        (long) g.desiredSize()))
                .orElse(Map.of());
    }

    private static ActResult create(Kernel kernel, GroupLife life, CreateNodeGroup act) {
        Cloud cloud = Cloud.of(kernel);
        Cloud source = act.likeIn().isEmpty() ? cloud : cloud.neighbour().orElse(cloud);
        Optional<NodeGroup> like = source.group(act.like()).filter(g -> g.kind() == Kind.MANAGED);
        Sizes sizes = new Sizes(act.minSize(), act.maxSize(), act.desiredSize());
        Optional<ActResult> refusal = notActive(cloud)
                .or(() -> taken(cloud, act.name()))
                .or(() -> refusal(source, like, act.like(), act.templateVersion(), sizes));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<TemplateVersion> version = version(source, like.get(), act.templateVersion());
        // launch templates are of the account: a group knows those of another cluster's groups
        version.filter(v -> source != cloud).ifPresent(cloud::put);
        Optional<LaunchTemplate> template = inForce(like.get(), version);
        boolean ownImage = template.flatMap(LaunchTemplate::imageId).isPresent();
        OptionalInt maxPods = ownImage
                ? version.map(TemplateVersion::maxPods).orElse(OptionalInt.empty())
                : like.get().instanceTypes().stream()
                        .mapToInt(type -> KubeletMaxPods.byEks(kernel, type))
                        .min();
        NodeGroup made = new NodeGroup(
                act.name(),
                Kind.MANAGED,
                "CREATING",
                Optional.empty(),
                sizes.min(),
                sizes.max(),
                sizes.desired(),
                like.get().instanceTypes(),
                ownImage ? "CUSTOM" : like.get().amiType(),
                like.get().capacityType(),
                act.subnets(),
                template,
                ownImage
                        ? (maxPods.isPresent() ? MaxPodsBy.USER_DATA : MaxPodsBy.ENI_FORMULA)
                        : MaxPodsBy.MANAGED_GROUP,
                maxPods,
                act.labels(),
                act.taints(),
                like.get().nodeRole(),
                like.get().autoRepair(),
                List.of(),
                List.of(),
                List.of(),
                act.tags(),
                Owner.NONE);
        cloud.put(made);
        boolean stranger = ownImage
                && version.flatMap(v -> TemplateJoins.of(kernel).of(v.template(), v.version()))
                        .map(cluster -> cloud.view()
                                .get(Part.CLUSTER, Cluster.class, cluster)
                                .isEmpty())
                        .orElse(act.likeIn().isPresent());
        if (stranger) {
            // its user data brings nodes up in another cluster, or in none
            NodeJoin.Settings settings = NodeJoin.Settings.of(kernel);
            Function<Instance, Optional<Duration>> boot = settings.boot();
            settings.boot(i -> i.nodeGroup().filter(act.name()::equals).isPresent() ? Optional.empty() : boot.apply(i));
        }
        life.creating(made);
        return Acts.done("name", act.name());
    }

    private static Optional<ActResult> notActive(Cloud cloud) {
        boolean active = cloud.view().all(Part.CLUSTER, Cluster.class).stream()
                .anyMatch(c -> c.status().equals("ACTIVE") || c.status().equals("UPDATING"));
        return active
                ? Optional.empty()
                : Optional.of(Acts.no(Reason.BUSY, "ResourceInUseException: the cluster is not ACTIVE"));
    }

    private static Optional<ActResult> taken(Cloud cloud, String name) {
        return cloud.group(name).isPresent()
                ? Optional.of(Acts.no(Reason.EXISTS, "a group " + name + " exists already"))
                : Optional.empty();
    }

    private static ActResult create(Cloud cloud, CreateAutoScalingGroup act) {
        Optional<NodeGroup> like = cloud.group(act.like());
        Sizes sizes = new Sizes(act.minSize(), act.maxSize(), act.desiredSize());
        OptionalLong number = OptionalLong.of(act.templateVersion());
        Optional<ActResult> refusal =
                taken(cloud, act.name()).or(() -> refusal(cloud, like, act.like(), number, sizes));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        NodeGroup old = like.get();
        NodeGroup copy = new NodeGroup(
                act.name(),
                Kind.SELF_MANAGED,
                "ACTIVE",
                Optional.of(act.name()),
                sizes.min(),
                sizes.max(),
                sizes.desired(),
                old.instanceTypes(),
                old.amiType(),
                old.capacityType(),
                act.subnets(),
                old.launchTemplate(),
                old.maxPodsBy(),
                old.maxPods(),
                old.labels(),
                old.taints(),
                old.nodeRole(),
                false,
                List.of(),
                old.targetGroups(),
                List.of(),
                act.tags(),
                Owner.NONE);
        cloud.put(TemplateApi.using(cloud, copy, version(cloud, old, number).orElseThrow()));
        return Acts.done("name", act.name());
    }

    private static ActResult delete(Cloud cloud, GroupLife life, String name, Kind kind) {
        Optional<NodeGroup> group = cloud.group(name).filter(g -> g.kind() == kind);
        if (group.isEmpty() || group.get().status().equals("DELETING")) {
            return Acts.done();
        }
        if (group.get().status().equals("CREATING") || group.get().status().equals("UPDATING")) {
            return Acts.no(
                    Reason.BUSY,
                    "ResourceInUseException: node group " + name + " is "
                            + group.get().status());
        }
        cloud.put(GroupEdit.of(group.get())
                .size(0, group.get().maxSize(), 0)
                .status("DELETING")
                .build());
        life.deleting(name);
        return Acts.done();
    }

    private record Sizes(int min, int max, int desired) {
        boolean valid() {
            return min >= 0 && min <= desired && desired <= max && max >= 1;
        }
    }

    private static Optional<ActResult> refusal(
            Cloud cloud, Optional<NodeGroup> like, String likeName, OptionalLong version, Sizes sizes) {
        if (like.isEmpty()) {
            return Optional.of(Acts.no(Reason.INVALID, "there is no such group to copy as " + likeName));
        }
        if (!sizes.valid()) {
            return Optional.of(Acts.no(
                    Reason.INVALID,
                    "sizes " + sizes.min() + " <= " + sizes.desired() + " <= " + sizes.max() + " are impossible"));
        }
        if (version.isPresent() && version(cloud, like.get(), version).isEmpty()) {
            return Optional.of(Acts.no(
                    Reason.INVALID, "the launch template of " + likeName + " has no version " + version.getAsLong()));
        }
        return Optional.empty();
    }

    private static Optional<TemplateVersion> version(Cloud cloud, NodeGroup like, OptionalLong number) {
        return like.launchTemplate().flatMap(t -> TemplateApi.find(cloud, t.id(), number.orElse(t.version())));
    }

    private static Optional<LaunchTemplate> inForce(NodeGroup like, Optional<TemplateVersion> version) {
        return like.launchTemplate()
                .map(t -> version.map(v -> TemplateApi.inForce(t, v)).orElse(t));
    }
}
