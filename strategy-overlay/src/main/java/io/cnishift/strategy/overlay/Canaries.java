package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.roll.Ceiling;
import io.cnishift.api.roll.SurgeDraft;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * New nodes that are made before anything is drained, so that Deployments which the control plane calls get onto the host
 * network and off the old nodes in one move. Each pod with a host port needs a node of its own, so a group needs as many of
 * them as the largest of these Deployments has pods on it.
 *
 * <p>All or none: where a group cannot have them, the host network comes before the fence, on the old nodes, and these pods
 * restart once more with their node.
 *
 * @param byGroup surge of the canary by name of the old group; empty without any
 */
record Canaries(SortedMap<String, SurgeDraft> byGroup) {

    private static final Canaries NONE = new Canaries(new TreeMap<>());

    static Canaries of(Site site, AddressDraft addresses, ControlPlaneTargets targets) {
        List<Workload> moving = targets.targets().stream()
                .map(ControlPlaneTargets.Target::workload)
                .filter(Canaries::movesByRollout)
                .toList();
        if (site.sameGroup() || site.leavesControlPlanePods() || moving.isEmpty()) {
            return NONE;
        }
        SortedMap<String, SurgeDraft> byGroup = new TreeMap<>();
        SortedMap<String, Integer> left = new TreeMap<>(addresses.spare());
        for (NodeGroup group : site.groups()) {
            int wanted = wanted(site, group, moving);
            if (wanted > 0) {
                Map<String, Integer> spare = new TreeMap<>(left);
                spare.keySet().retainAll(group.subnets());
                int others =
                        byGroup.values().stream().mapToInt(SurgeDraft::maxSurge).sum();
                SurgeDraft surge =
                        SurgeDraft.of(wanted, OptionalInt.of(1), spare, Ceiling.of(site.roll(), group, others));
                if (surge.limited() || !spread(site, spare, wanted) || most(site, group) < wanted) {
                    return NONE;
                }
                // all canaries are there at once, and any subnet of a group may get all of its nodes
                group.subnets().forEach(s -> left.computeIfPresent(s, (id, free) -> Math.max(0, free - wanted)));
                byGroup.put(group.name(), surge);
            }
        }
        return new Canaries(byGroup);
    }

    /** Whether each zone can take its part: Auto Scaling puts new nodes where there are fewest, whatever the room. */
    private static boolean spread(Site site, Map<String, Integer> spare, int wanted) {
        Map<String, Integer> byZone = new TreeMap<>();
        spare.forEach((subnet, free) ->
                site.view().subnet(subnet).ifPresent(s -> byZone.merge(s.availabilityZone(), free, Integer::sum)));
        return byZone.values().stream().allMatch(free -> free * byZone.size() >= wanted);
    }

    /** Whether there are any. */
    boolean any() {
        return !byGroup.isEmpty();
    }

    /** Whether a workload waits for new nodes before it gets onto the host network. */
    boolean takes(Workload workload) {
        return any() && movesByRollout(workload);
    }

    /** New nodes that will be there and carry such labels. */
    int hosts(Site site, Map<String, String> labels) {
        return byGroup.entrySet().stream()
                .filter(e -> site.view().nodesOf(e.getKey()).stream().anyMatch(n -> carries(n, labels)))
                .mapToInt(e -> e.getValue().maxSurge())
                .sum();
    }

    private static boolean carries(Node node, Map<String, String> labels) {
        return node.labels().entrySet().containsAll(labels.entrySet());
    }

    private static boolean movesByRollout(Workload workload) {
        return workload.kind().equals("Deployment")
                && workload.updateStrategy().equals("RollingUpdate")
                && !workload.paused();
    }

    private static int wanted(Site site, NodeGroup group, List<Workload> moving) {
        Set<String> nodes =
                site.view().nodesOf(group.name()).stream().map(Node::name).collect(Collectors.toSet());
        return moving.stream().mapToInt(w -> share(site, w, nodes)).max().orElse(0);
    }

    /** Pods of a workload that some nodes have to carry: those they carry, all that it wants when nobody else does. */
    private static int share(Site site, Workload workload, Set<String> nodes) {
        List<String> on = site.view().podsOf(workload.key()).stream()
                .filter(p -> !p.finished())
                .flatMap(p -> p.node().stream())
                .toList();
        int here = (int) on.stream().filter(nodes::contains).count();
        return here > 0 && here == on.size() ? Math.max(here, workload.desired()) : here;
    }

    /** No more than the user allows, by option, and never more than the group has. */
    private static int most(Site site, NodeGroup group) {
        return site.options()
                .surge()
                .getOrDefault(group.name(), site.view().nodesOf(group.name()).size());
    }
}
