package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.capacity.NodeRoom;
import io.cnishift.api.capacity.SubnetRoom;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.cilium.EniPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Cilium with VPC addresses would give a cluster and cost it. */
final class EniAssessment {

    private final Draft draft;
    private final View view;
    private final boolean prefixes;

    private EniAssessment(Draft draft) {
        this.draft = draft;
        view = draft.site().view();
        prefixes = draft.site()
                .options()
                .interfaces()
                .filter(EniOptions::prefixDelegation)
                .isPresent();
    }

    static Assessment of(Draft draft, List<Finding> findings) {
        return new Assessment(
                findings,
                new EniAssessment(draft).capacity(),
                draft.roll().budgets(),
                draft.roll().disruption(draft.moves().size()),
                draft.roll().cost(),
                features(draft),
                OverlayAssessment.reversible(draft));
    }

    private static Assessment.Features features(Draft draft) {
        List<String> gained = new ArrayList<>(List.of(
                "pods keep VPC addresses: webhooks, ip targets and on-premises routes work as before",
                "CiliumNetworkPolicy: rules by identity, DNS name and HTTP request"));
        gained.addAll(OverlayAssessment.chosen(draft));
        List<String> lost = new ArrayList<>(
                List.of("support of AWS for the CNI", "two addresses of each node, which Cilium uses itself"));
        if (!PodGroups.pods(draft.site().view()).isEmpty()) {
            lost.add("security groups for pods");
        }
        return new Assessment.Features(gained, lost);
    }

    private Assessment.Capacity capacity() {
        Map<String, Integer> perNode = new TreeMap<>();
        draft.groups().forEach(g -> {
            g.old().instanceTypes().forEach(type -> perNode.merge(type, g.maxPods(), Math::min));
            g.nodes().forEach(n -> perNode.merge(n.instanceType(), g.maxPods(), Math::min));
        });
        perNode.remove("");
        long all = AddressUse.ofNodeSubnets(view).stream().mapToLong(this::fits).sum();
        return new Assessment.Capacity(perNode, all + draft.roll().admittedBesides());
    }

    /** Pods of new nodes in a subnet: what they admit, or what its addresses allow. */
    private long fits(AddressUse use) {
        List<NodeRoom> rooms = new ArrayList<>();
        int free = use.usable() - use.others();
        long onHosts = 0;
        for (Node node : draft.site().roll().fleet().nodesIn(use.subnet().id())) {
            int slots = slots(node);
            int hosts = (int) view.podsOn(node.name()).stream()
                    .filter(p -> p.hostNetwork() && !p.finished())
                    .limit(slots)
                    .count();
            onHosts += hosts;
            int open = slots - hosts;
            rooms.add(Fleet.limits(node.instanceType())
                    .map(l -> EniPool.room(l, open, prefixes))
                    .orElse(new NodeRoom(open, 0, open, 0, 0, 1)));
            free -= Fleet.limits(node.instanceType())
                    .map(l -> EniPool.least(l, prefixes))
                    .orElse(1);
        }
        return onHosts + SubnetRoom.fill(rooms, SubnetRoom.Supply.of(free)).pods();
    }

    private int slots(Node node) {
        return draft.groups().stream()
                .filter(g -> g.nodes().contains(node))
                .mapToInt(GroupDraft::maxPods)
                .findFirst()
                .orElse(node.maxPods());
    }
}
