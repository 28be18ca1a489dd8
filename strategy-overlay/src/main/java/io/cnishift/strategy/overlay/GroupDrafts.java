package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what becomes of each node group. */
final class GroupDrafts {

    private static final int LONGEST_NAME = 63;

    /** Overlay pods are one hop further from the metadata service than pods of the VPC CNI, which need 2. */
    private static final int OVERLAY_HOPS = 3;

    private static final int VPC_CNI_HOPS = 2;

    private GroupDrafts() {}

    static List<GroupDraft> of(Site site, AddressDraft addresses, Canaries canaries) {
        return site.groups().stream()
                .map(g -> draft(site, g, addresses, canaries))
                .toList();
    }

    private static GroupDraft draft(Site site, NodeGroup group, AddressDraft addresses, Canaries canaries) {
        List<Node> nodes = site.view().nodesOf(group.name()).stream()
                .sorted(Comparator.comparing(Node::name))
                .toList();
        Optional<TwinPool> twin = TwinPool.of(site.view(), group);
        SurgeDraft surge = SurgeDraft.of(
                Wanted.of(site, group),
                site.options().maxUnavailable(),
                addresses.spareOf(group),
                Ceiling.of(site, group, canaries.besides(group)));
        return new GroupDraft(
                group,
                site.sameGroup() && twin.isEmpty() ? group.name() : target(site, group),
                nodes,
                maxPods(site, group, nodes),
                imageId(site, group),
                hopLimit(site, group, twin),
                surge,
                Optional.ofNullable(canaries.byGroup().get(group.name())));
    }

    /** {@code NAME-overlay} or {@code NAME-eni}, or with a number behind it when there is such a group. */
    private static String target(Site site, NodeGroup group) {
        String suffix = "-" + site.options().strategy();
        String base =
                group.name().substring(0, Math.min(group.name().length(), LONGEST_NAME - suffix.length() - 3)) + suffix;
        String name = base;
        for (int number = 2; site.view().nodeGroup(name).isPresent(); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    private static int maxPods(Site site, NodeGroup group, List<Node> nodes) {
        if (group.launchTemplate().isEmpty() && group.kind() == NodeGroup.Kind.MANAGED) {
            return nodes.isEmpty() ? byInterfaces(group) : MaxPodsRule.admitted(nodes);
        }
        if (site.options().maxPods().isPresent()) {
            return site.options().maxPods().getAsInt();
        }
        Optional<EniOptions> interfaces = site.options().interfaces();
        if (interfaces.isPresent()) {
            return EniPool.maxPods(group, nodes, interfaces.get().prefixDelegation());
        }
        if (nodes.isEmpty()) {
            return group.maxPods().orElseGet(() -> byInterfaces(group));
        }
        int busiest = MaxPodsRule.busiest(nodes, site.view()::podsOn);
        return busiest > MaxPodsRule.of(nodes) ? MaxPodsRule.admitted(nodes) : MaxPodsRule.of(nodes);
    }

    /** The least limit of the VPC CNI over the types of a group; the smallest rung when no type is known. */
    private static int byInterfaces(NodeGroup group) {
        return group.instanceTypes().stream()
                .flatMap(type -> Fleet.limits(type).stream())
                .mapToInt(limits ->
                        MaxPods.recommended(limits, PodMode.SECONDARY_IP).orElse(0))
                .filter(pods -> pods > 0)
                .min()
                .orElse(MaxPodsRule.RUNGS.get(MaxPodsRule.RUNGS.size() - 1));
    }

    /** Only the newest image in use, where the template names none and EKS would therefore set max-pods. */
    private static Optional<String> imageId(Site site, NodeGroup group) {
        boolean injected = group.kind() == NodeGroup.Kind.MANAGED
                && !group.amiType().toUpperCase(Locale.ROOT).startsWith("BOTTLEROCKET")
                && group.launchTemplate().filter(t -> t.imageId().isEmpty()).isPresent();
        return injected
                ? site.view().instancesOf(group.name()).stream()
                        .max(Comparator.comparing(Instance::launchedAt).thenComparing(Instance::id))
                        .map(Instance::imageId)
                : Optional.empty();
    }

    /** Only where the group says how its nodes are launched. */
    private static OptionalInt hopLimit(Site site, NodeGroup group, Optional<TwinPool> twin) {
        OptionalInt now = twin.map(TwinPool::hopLimit)
                .orElseGet(() -> group.launchTemplate()
                        .map(t -> OptionalInt.of(t.hopLimit()))
                        .orElse(OptionalInt.empty()));
        boolean set = twin.isPresent() || group.launchTemplate().isPresent();
        if (set && site.options().imdsHopLimit().isPresent()) {
            return site.options().imdsHopLimit();
        }
        return site.overlay() && now.equals(OptionalInt.of(VPC_CNI_HOPS))
                ? OptionalInt.of(OVERLAY_HOPS)
                : OptionalInt.empty();
    }
}
