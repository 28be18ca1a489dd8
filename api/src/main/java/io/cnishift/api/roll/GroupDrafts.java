package io.cnishift.api.roll;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what becomes of each node group. */
final class GroupDrafts {

    private static final int LONGEST_NAME = 63;

    private GroupDrafts() {}

    static List<GroupDraft> of(RollSite site, AddressDraft addresses, Map<String, SurgeDraft> first) {
        return site.groups().stream().map(g -> draft(site, g, addresses, first)).toList();
    }

    private static GroupDraft draft(
            RollSite site, NodeGroup group, AddressDraft addresses, Map<String, SurgeDraft> first) {
        List<Node> nodes = site.view().nodesOf(group.name()).stream()
                .sorted(Comparator.comparing(Node::name))
                .toList();
        Optional<TwinPool> twin = TwinPool.of(site.view(), group);
        int others = first.entrySet().stream()
                .filter(e -> !e.getKey().equals(group.name()))
                .mapToInt(e -> e.getValue().maxSurge())
                .sum();
        SurgeDraft surge = SurgeDraft.of(
                Wanted.of(site, group),
                site.options().maxUnavailable(),
                addresses.spareOf(group),
                Ceiling.of(site, group, others));
        return new GroupDraft(
                group,
                site.sameGroup() && twin.isEmpty() ? group.name() : target(site, group),
                nodes,
                maxPods(site, group, nodes),
                imageId(site, group, nodes),
                hopLimit(site, group, twin),
                surge,
                Optional.ofNullable(first.get(group.name())));
    }

    /** {@code NAME-STRATEGY}, or with a number behind it when there is such a group. */
    private static String target(RollSite site, NodeGroup group) {
        String suffix = "-" + site.newNodes().strategy();
        String base =
                group.name().substring(0, Math.min(group.name().length(), LONGEST_NAME - suffix.length() - 3)) + suffix;
        String name = base;
        for (int number = 2; site.view().nodeGroup(name).isPresent(); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    private static int maxPods(RollSite site, NodeGroup group, List<Node> nodes) {
        boolean byEks = group.kind() == NodeGroup.Kind.MANAGED
                && (group.launchTemplate().isEmpty() || (al2(group) && withoutImage(group)));
        return byEks ? site.newNodes().maxPodsByEks(group, nodes) : wanted(site, group, nodes);
    }

    /** Pods that new nodes of a group should admit, by option or as the strategy says. */
    static int wanted(RollSite site, NodeGroup group, List<Node> nodes) {
        return site.options().maxPods().orElseGet(() -> site.newNodes().maxPods(group, nodes));
    }

    /** Only the newest image in use, where the template names none and EKS would therefore set another max-pods. */
    private static Optional<String> imageId(RollSite site, NodeGroup group, List<Node> nodes) {
        boolean injected = group.kind() == NodeGroup.Kind.MANAGED
                && !group.runs("BOTTLEROCKET")
                && !al2(group)
                && withoutImage(group)
                && wanted(site, group, nodes) != site.newNodes().maxPodsByEks(group, nodes);
        return injected
                ? site.view().instancesOf(group.name()).stream()
                        .max(Comparator.comparing(Instance::launchedAt).thenComparing(Instance::id))
                        .map(Instance::imageId)
                : Optional.empty();
    }

    private static boolean withoutImage(NodeGroup group) {
        return group.launchTemplate().filter(t -> t.imageId().isEmpty()).isPresent();
    }

    /** Its nodes are brought up by bootstrap.sh, whose call EKS writes; beside an image of the template nobody would. */
    private static boolean al2(NodeGroup group) {
        return group.runs("AL2_");
    }

    /** Only where the group says how its nodes are launched. */
    private static OptionalInt hopLimit(RollSite site, NodeGroup group, Optional<TwinPool> twin) {
        OptionalInt now = twin.map(TwinPool::hopLimit)
                .orElseGet(() -> group.launchTemplate()
                        .map(t -> OptionalInt.of(t.hopLimit()))
                        .orElse(OptionalInt.empty()));
        boolean set = twin.isPresent() || group.launchTemplate().isPresent();
        return set ? site.newNodes().hopLimit(now) : OptionalInt.empty();
    }
}
