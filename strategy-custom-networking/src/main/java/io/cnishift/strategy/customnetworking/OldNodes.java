package io.cnishift.strategy.customnetworking;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.roll.AddressDraft.Claim;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.RollSite;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What old nodes take from their own subnets when aws-node goes over to custom networking: the first interface counts no more for
 * the warm targets, and what is missing comes onto the further interfaces that a node has, which lie in its own subnet. Where that
 * leaves no room for a new node, the targets are lowered first, and set again once the old nodes are gone.
 *
 * @param addresses what new nodes find then
 * @param waitFor by subnet, free addresses to wait for after lowering the targets; empty when they stay
 */
record OldNodes(AddressDraft addresses, Map<String, Integer> waitFor) {

    static OldNodes of(RollSite site, WarmPoolSettings then) {
        Map<String, Claim> claims = claims(site, then, 0);
        AddressDraft asTheyAre = AddressDraft.after(site, claims);
        WarmPoolSettings now = VpcCni.of(site.view())
                .map(cni -> WarmPoolSettings.fromEnv(cni.env()))
                .orElseGet(WarmPoolSettings::defaults);
        if (room(site, asTheyAre) || now.prefixDelegation()) {
            return new OldNodes(asTheyAre, Map.of());
        }
        Map<String, Claim> less = new TreeMap<>();
        Map<String, Integer> waitFor = new TreeMap<>();
        claims(site, WarmIps.lowered(then), 1).forEach((subnet, claim) -> {
            int given = AddressDraft.assured(site, subnet);
            less.put(subnet, new Claim(claim.addresses() - given, claim.blocks()));
            site.view()
                    .subnet(subnet)
                    .filter(s -> given > 0)
                    .ifPresent(s -> waitFor.put(
                            subnet, Math.min(s.freeAddresses() + given, 1 + Math.max(0, claim.addresses()))));
        });
        AddressDraft lowered = AddressDraft.after(site, less);
        return room(site, lowered) ? new OldNodes(lowered, waitFor) : new OldNodes(asTheyAre, Map.of());
    }

    /** Whether the targets are lowered for the while. */
    boolean lowers() {
        return !waitFor.isEmpty();
    }

    /** Whether every group finds addresses for one new node. */
    private static boolean room(RollSite site, AddressDraft draft) {
        return site.groups().stream()
                .filter(g -> !site.view().nodesOf(g.name()).isEmpty())
                .allMatch(g -> draft.spareOf(g).values().stream().anyMatch(spare -> spare > 0));
    }

    private static Map<String, Claim> claims(RollSite site, WarmPoolSettings then, int least) {
        Map<String, Claim> claims = new TreeMap<>();
        for (Node node : site.nodes()) {
            site.view()
                    .instanceOf(node)
                    .ifPresent(i -> claims.merge(
                            i.subnet(),
                            claim(site.view(), node, i, then, least),
                            (a, b) -> new Claim(a.addresses() + b.addresses(), a.blocks() + b.blocks())));
        }
        return claims;
    }

    /** At least so much where there is an interface to fill, for what warm addresses a node gives back is not known. */
    private static Claim claim(View view, Node node, Instance instance, WarmPoolSettings then, int least) {
        List<NetworkInterface> further = view.interfacesIn(instance.subnet()).stream()
                .filter(n -> n.instance().filter(instance.id()::equals).isPresent())
                .filter(n -> !n.addresses().contains(instance.privateAddress()))
                .toList();
        Optional<InstanceLimits> limits = Fleet.limits(instance.type());
        if (further.isEmpty() || limits.isEmpty()) {
            return new Claim(0, 0);
        }
        Set<String> own = new HashSet<>();
        further.forEach(n -> own.addAll(n.addresses()
                .subList(Math.min(1, n.addresses().size()), n.addresses().size())));
        int given = (int) view.podsOn(node.name()).stream()
                .filter(p -> !p.finished() && !p.hostNetwork())
                .flatMap((Pod p) -> p.address().stream())
                .filter(own::contains)
                .count();
        int slots = limits.get().slotsPerEni();
        int room = slots * further.size() - own.size();
        if (then.prefixDelegation()) {
            return room > 0 ? new Claim(MaxPods.PER_PREFIX, 1) : new Claim(0, 0);
        }
        return new Claim(Math.min(room, Math.max(least, missing(then, own.size(), given, slots))), 0);
    }

    private static int missing(WarmPoolSettings then, int total, int given, int slots) {
        int available = total - given;
        return then.ipTargets()
                ? Math.max(then.warmIp().orElse(0) - available, then.minimumIp().orElse(0) - total)
                : available < then.warmEni().orElse(1) * slots ? Integer.MAX_VALUE : 0;
    }
}
