package io.cnishift.api.roll;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Addresses of each subnet now, at the worst moment and at the end.
 *
 * <p>At the worst moment the old nodes hold what they hold now (less the warm addresses that are given back first) and as many
 * new nodes are there as the largest surge over the subnet. At the end each node of the subnet has a successor, and a node
 * that stays holds what the VPC CNI gives it.
 */
final class AddressBudgets {

    private AddressBudgets() {}

    static List<SubnetBudget> of(RollDraft draft) {
        return AddressUse.of(draft.site().view()).stream()
                .map(use -> budget(draft, use))
                .toList();
    }

    private static SubnetBudget budget(RollDraft draft, AddressUse use) {
        String id = use.subnet().id();
        int canaries = draft.groups().stream().mapToInt(g -> g.canariesIn(id)).sum();
        int surge = draft.groups().stream()
                .mapToInt(g -> g.surge().bySubnet().getOrDefault(id, 0))
                .reduce(canaries, Math::max);
        AddressDraft addresses = draft.addresses();
        boolean changed =
                addresses.waitFor().containsKey(id) || addresses.claims().containsKey(id);
        int lowest = use.used() - (changed ? addresses.given(draft.site(), id) : 0);
        int after = after(draft, use);
        int most = Successor.most(draft.site(), id);
        int base = most == 1 ? lowest : Math.max(lowest, after);
        return new SubnetBudget(
                id,
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                Math.max(use.used(), base + surge * most),
                after);
    }

    private static int after(RollDraft draft, AddressUse use) {
        RollSite site = draft.site();
        Set<String> replaced = draft.groups().stream()
                .flatMap(g -> g.nodes().stream())
                .flatMap(n -> n.instance().stream())
                .collect(Collectors.toSet());
        int held = site.view().interfacesIn(use.subnet().id()).stream()
                .filter(i -> i.instance().filter(replaced::contains).isPresent())
                .mapToInt(NetworkInterface::taken)
                .sum();
        int needed = site.view().all(Part.INSTANCES, Instance.class).stream()
                .filter(i -> i.subnet().equals(use.subnet().id()) && replaced.contains(i.id()))
                .mapToInt(i -> site.view().nodeOf(i).map(n -> needed(draft, n)).orElse(1))
                .sum();
        return Math.max(0, use.used() - held) + needed;
    }

    private static int needed(RollDraft draft, Node node) {
        if (!draft.remains(node)) {
            return draft.site().newNodes().addresses(node);
        }
        int pods = Fleet.podsWithAddress(draft.site().view(), node).size();
        return Fleet.limits(node.instanceType())
                .map(limits -> WarmPool.held(
                                AddressDraft.settings(draft.site()), limits, pods, Math.max(1, node.maxPods()))
                        .subnetAddresses())
                .orElseGet(() -> Fleet.addressesHeld(draft.site().view(), node).orElse(1));
    }
}
