package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.ClusterPoolPlan;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether there are addresses: for new nodes in the subnets, for pods in a range of their own. */
final class AddressCheck {

    private AddressCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        draft.site()
                .options()
                .overlay()
                .map(OverlayOptions::podCidr)
                .ifPresent(range -> podRange(draft, range, findings));
        draft.pool()
                .map(PoolDraft::plan)
                .ifPresent(plan -> plan.fold(fits -> false, tooSmall -> findings.add(poolTooSmall(draft, tooSmall))));
        draft.groups().forEach(g -> surge(draft, g, findings));
        draft.addresses()
                .waitFor()
                .forEach((subnet, count) -> findings.add(MoveCode.WARM_ADDRESSES
                        .finding(
                                "subnet " + subnet,
                                Count.of(free(draft, subnet), "address is", "addresses are") + " free and "
                                        + AddressDraft.reserve(draft.site(), subnet)
                                        + " of them are left to others; nodes give back "
                                        + AddressDraft.assured(draft.site(), subnet) + " warm ones",
                                "the plan lowers the warm targets and waits for "
                                        + Count.of(count, "free address", "free addresses"))
                        .curedBy(StepIds.FREE_WARM)));
        controlPlane(draft, findings);
        return findings;
    }

    private static void podRange(Draft draft, Cidr range, List<Finding> findings) {
        List<TakenRanges.Taken> overlaps = TakenRanges.of(draft.site().view()).stream()
                .filter(t -> t.cidr().overlaps(range))
                .toList();
        if (!overlaps.isEmpty()) {
            String suggestion = TakenRanges.free(draft.site().view(), range.prefix())
                    .map(free -> "set podCidr=" + free + " or another range that nothing uses")
                    .orElse("choose a smaller range, or one that nothing uses");
            overlaps.forEach(t -> findings.add(OverlayCode.POD_RANGE_OVERLAP.finding(
                    "pod range " + range, "it overlaps " + t.cidr() + ", " + t.what(), suggestion)));
        }
    }

    private static Finding poolTooSmall(Draft draft, ClusterPoolPlan.TooSmall tooSmall) {
        String remedy = tooSmall.smallestPool().isPresent()
                ? "give podCidr a range of /" + tooSmall.smallestPool().getAsInt()
                        + " or larger, or set a lower maxPods"
                : "set a lower maxPods, or lower the maximum sizes of groups";
        return OverlayCode.POOL_TOO_SMALL.finding(
                "pod range "
                        + draft.site()
                                .options()
                                .overlay()
                                .map(OverlayOptions::podCidr)
                                .orElseThrow(),
                tooSmall.reason(),
                remedy);
    }

    private static void surge(Draft draft, GroupDraft group, List<Finding> findings) {
        if (!group.surge().limited()) {
            return;
        }
        int have = group.surge().maxSurge();
        if (have == 0
                && draft.site().overlay()
                && group.surge().bound() == Ceiling.Bound.ADDRESSES
                && stranded(draft, group)) {
            findings.add(missing(draft, group));
            return;
        }
        findings.add(MoveCode.SURGE_LIMITED.finding(
                "node group " + group.name(),
                bound(draft, group) + " " + have + " of " + group.surge().wanted() + " extra nodes"
                        + (have == 0 ? ", so each node is drained before its replacement is made" : ""),
                have == 0
                        ? more(group) + ", or see to it that pods fit on the other nodes"
                        : "nothing to do: it takes longer"));
        if (draft.site().options().surge().containsKey(group.name())) {
            findings.add(MoveCode.OPTIONS_CONFLICT.finding(
                    "option surge." + group.name(),
                    group.surge().wanted() + " extra nodes were asked for and " + (have == 0 ? "none" : have)
                            + " can be had",
                    "ask for " + have + ", or " + more(group) + " first"));
        }
    }

    /** Whether pods of a node that is drained first would find fewer addresses on the other nodes than they need. */
    private static boolean stranded(Draft draft, GroupDraft group) {
        return group.nodes().stream().anyMatch(node -> pods(draft, node) > elsewhere(draft, node));
    }

    private static Finding missing(Draft draft, GroupDraft group) {
        Node busiest = group.nodes().stream()
                .max(Comparator.comparing((Node node) -> pods(draft, node) - elsewhere(draft, node)))
                .orElseThrow();
        String missing = draft.addresses().missing(draft.site(), group.old()).entrySet().stream()
                .map(e -> Count.of(e.getValue(), "address is", "addresses are") + " missing in " + e.getKey())
                .collect(Collectors.joining(", "));
        int given = group.old().subnets().stream()
                .mapToInt(id -> AddressDraft.assured(draft.site(), id))
                .sum();
        return MoveCode.NO_ADDRESSES.finding(
                "node group " + group.name(),
                missing + " for one new node, "
                        + (given == 0
                                ? "and nodes have no warm ones to give back"
                                : "the " + given + " warm ones that nodes give back included")
                        + "; drained first, " + busiest.name() + " would send " + Count.of(pods(draft, busiest), "pod")
                        + " to nodes that hold "
                        + Count.of(elsewhere(draft, busiest), "unused address", "unused addresses"),
                "free that many there, or add a subnet with free addresses to the group");
    }

    private static int pods(Draft draft, Node node) {
        return draft.site().podsWithAddress(node).size();
    }

    private static int elsewhere(Draft draft, Node node) {
        return draft.site().nodes().stream()
                .filter(n -> !n.equals(node))
                .mapToInt(n -> Fleet.spareAddresses(draft.site().view(), n))
                .sum();
    }

    /** What has room for some extra nodes, up to the number. */
    private static String bound(Draft draft, GroupDraft group) {
        return switch (group.surge().bound()) {
            case ADDRESSES -> "its subnets have addresses for";
            case RESERVATION -> "its capacity reservation " + reservation(group) + " has instances for";
            case NODE_LIMIT ->
                "the cluster has " + Count.of(Ceiling.machines(draft.site()), "node") + " of at most "
                        + draft.site().view().cluster().nodeLimit().orElse(0) + ", which leaves room for";
        };
    }

    private static String more(GroupDraft group) {
        return switch (group.surge().bound()) {
            case ADDRESSES ->
                "free addresses in " + String.join(", ", group.old().subnets());
            case RESERVATION -> "enlarge capacity reservation " + reservation(group);
            case NODE_LIMIT -> "raise the limit of nodes";
        };
    }

    private static String reservation(GroupDraft group) {
        return group.old()
                .launchTemplate()
                .flatMap(NodeGroup.LaunchTemplate::reservation)
                .map(NodeGroup.CapacityReservation::id)
                .orElse("");
    }

    private static void controlPlane(Draft draft, List<Finding> findings) {
        for (String id : draft.site().view().cluster().controlPlaneSubnets()) {
            int free = free(draft, id);
            if (draft.site().view().subnet(id).isPresent() && free < SubnetMath.CONTROL_PLANE_FREE) {
                findings.add(MoveCode.CONTROL_PLANE_SUBNET.finding(
                        "subnet " + id,
                        Count.of(free, "address is", "addresses are") + " free, and an update of the cluster needs "
                                + SubnetMath.CONTROL_PLANE_FREE,
                        "free some before the next update of the cluster"));
            }
        }
    }

    private static int free(Draft draft, String subnet) {
        return draft.site().view().subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }
}
