package io.cnishift.api.roll;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The new nodes that there are addresses for. Each takes what {@link NewNodes#addresses} says, and all of them together have to
 * fit in the end.
 *
 * <ol>
 *   <li>Of the free addresses of a subnet those stay untouched that others need to find: six in a subnet of the control
 *       plane, eight in one of an Application Load Balancer.
 *   <li>Where that leaves no room for a single extra node, or for as many as the user asked for, warm addresses are given
 *       back first. Only what is certain to come back counts, however pods are spread over interfaces.
 *   <li>Where earlier steps change what old nodes hold, their claims count instead, and nothing is given back besides.
 * </ol>
 *
 * @param spare by subnet, new nodes that have addresses there once warm ones are given back
 * @param waitFor by subnet, free addresses to wait for after lowering the warm targets; empty when they stay
 * @param claims by subnet, what old nodes take before the roll; empty when nothing changes for them
 */
public record AddressDraft(
        SortedMap<String, Integer> spare, SortedMap<String, Integer> waitFor, SortedMap<String, Claim> claims) {

    /** Subnets stand in order. */
    public AddressDraft {
        spare = Collections.unmodifiableSortedMap(new TreeMap<>(spare));
        waitFor = Collections.unmodifiableSortedMap(new TreeMap<>(waitFor));
        claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
    }

    /**
     * What old nodes take from their subnet before the roll, beyond what they hold.
     *
     * @param addresses how many, those in blocks included; below 0 they give some back
     * @param blocks aligned blocks of 16 addresses among them
     */
    public record Claim(int addresses, int blocks) {}

    /** Of a roll before which old nodes stay as they are, but for warm addresses that they give back where there is no room. */
    public static AddressDraft of(RollSite site) {
        SortedMap<String, Integer> spare = new TreeMap<>();
        SortedMap<String, Integer> waitFor = new TreeMap<>();
        for (NodeGroup group : site.groups()) {
            group.subnets().forEach(id -> spare.putIfAbsent(id, spare(site, id)));
            int wanted = Wanted.of(site, group);
            int least = Math.min(
                    site.options().surge().getOrDefault(group.name(), Math.min(1, wanted)),
                    Ceiling.of(site, group, 0).machines());
            int room = group.subnets().stream()
                    .mapToInt(id -> spare.getOrDefault(id, 0))
                    .sum();
            if (room < least) {
                group.subnets().forEach(id -> free(site, id, least, spare, waitFor));
            }
        }
        return new AddressDraft(spare, waitFor, new TreeMap<>());
    }

    /** Of a roll before which old nodes take so much. */
    public static AddressDraft after(RollSite site, Map<String, Claim> claims) {
        SortedMap<String, Integer> spare = new TreeMap<>();
        for (NodeGroup group : site.groups()) {
            for (String id : group.subnets()) {
                Claim claim = claims.getOrDefault(id, new Claim(0, 0));
                int nodes = nodes(site, id, freeNow(site, id) - claim.addresses());
                spare.put(id, Math.min(nodes, byBlocks(site, id, claim.blocks())));
            }
        }
        return new AddressDraft(spare, new TreeMap<>(), new TreeMap<>(claims));
    }

    /** Whether warm addresses are given back first. */
    public boolean frees() {
        return !waitFor.isEmpty();
    }

    /** By subnet of a group, new nodes that have addresses there. */
    public Map<String, Integer> spareOf(NodeGroup group) {
        Map<String, Integer> own = new TreeMap<>(spare);
        own.keySet().retainAll(group.subnets());
        return own;
    }

    /** By subnet, how many addresses are missing for a single extra node of a group, whatever is given back. */
    SortedMap<String, Integer> missing(RollSite site, NodeGroup group) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        for (String subnet : group.subnets()) {
            int free = freeNow(site, subnet) + given(site, subnet);
            missing.put(subnet, Math.max(0, reserve(site, subnet) + Successor.most(site, subnet) - free));
        }
        return missing;
    }

    /** Addresses of a subnet that its nodes give back, by lower warm targets or as their claim says. */
    int given(RollSite site, String subnet) {
        return claims.containsKey(subnet) ? -claims.get(subnet).addresses() : assured(site, subnet);
    }

    /** Addresses of a subnet that are left to others. */
    static int reserve(RollSite site, String subnet) {
        return reserve(site.view(), subnet);
    }

    /** Free addresses of a subnet that the control plane and load balancers need to find. */
    public static int reserve(View view, String subnet) {
        Cluster cluster = view.cluster();
        boolean alb = view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .anyMatch(lb -> lb.type().equals("application") && lb.subnets().contains(subnet));
        return (cluster.controlPlaneSubnets().contains(subnet) ? SubnetMath.CONTROL_PLANE_FREE : 0)
                + (alb ? SubnetMath.ALB_FREE : 0);
    }

    private static int spare(RollSite site, String subnet) {
        return Math.min(nodes(site, subnet, freeNow(site, subnet)), bySingles(site, subnet));
    }

    /** New nodes for whose own addresses there is room outside of what is reserved for prefixes, of which EC2 takes none. */
    private static int bySingles(RollSite site, String subnet) {
        int own = Successor.most(site, subnet) - MaxPods.PER_PREFIX * Successor.mostBlocks(site, subnet);
        int free = site.view().subnet(subnet).map(Subnet::freeAddresses).orElse(0) - reserve(site, subnet);
        return kept(site, subnet) == 0 || own <= 0 ? Integer.MAX_VALUE : Math.max(0, free) / own;
    }

    /** New nodes for which so many free addresses suffice. */
    private static int nodes(RollSite site, String subnet, int free) {
        int most = Successor.most(site, subnet);
        int room = most == 1 ? free : Math.min(free, inTheEnd(site, subnet));
        return Math.max(0, room - reserve(site, subnet)) / most;
    }

    /** New nodes for which there are blocks; where these are not read, the addresses alone decide. */
    private static int byBlocks(RollSite site, String subnet, int claimed) {
        int most = Successor.mostBlocks(site, subnet);
        OptionalInt free =
                site.view().subnet(subnet).map(Subnet::freePrefixBlocks).orElse(OptionalInt.empty());
        return most == 0 || free.isEmpty() ? Integer.MAX_VALUE : Math.max(0, free.getAsInt() - claimed) / most;
    }

    /** What is free once every node of a subnet has a successor. */
    private static int inTheEnd(RollSite site, String subnet) {
        return AddressUse.of(site.view()).stream()
                .filter(use -> use.subnet().id().equals(subnet))
                .mapToInt(use -> use.usable() - Successor.after(site, use))
                .map(left -> left + kept(site, subnet))
                .findFirst()
                .orElse(0);
    }

    private static int freeNow(RollSite site, String subnet) {
        return site.view().subnet(subnet).map(Subnet::freeAddresses).orElse(0) + kept(site, subnet);
    }

    /** What is reserved for prefixes and held by nobody: EC2 does not count it as free, and new nodes take their blocks of it. */
    private static int kept(RollSite site, String subnet) {
        return Successor.mostBlocks(site, subnet) == 0
                ? 0
                : site.view().subnet(subnet).stream()
                        .flatMap(s -> s.reservations().stream())
                        .filter(r -> r.type().equals("prefix"))
                        .mapToInt(r -> Math.toIntExact(r.cidr().size()) - held(site.view(), subnet, r.cidr()))
                        .sum();
    }

    private static int held(View view, String subnet, Cidr range) {
        return view.interfacesIn(subnet).stream()
                .mapToInt(i ->
                        (int) i.addresses().stream().filter(range::contains).count()
                                + MaxPods.PER_PREFIX
                                        * (int) i.prefixes().stream()
                                                .filter(range::contains)
                                                .count())
                .sum();
    }

    private static void free(
            RollSite site, String subnet, int least, Map<String, Integer> spare, Map<String, Integer> waitFor) {
        int assured = assured(site, subnet);
        int reserve = reserve(site, subnet);
        int free = freeNow(site, subnet) + assured;
        if (assured > 0 && free > reserve) {
            spare.put(subnet, nodes(site, subnet, free));
            waitFor.merge(subnet, Math.min(free, reserve + least * Successor.most(site, subnet)), Math::max);
        }
    }

    /** Warm addresses that the nodes in a subnet give back for certain when the targets are lowered. */
    public static int assured(RollSite site, String subnet) {
        WarmPoolSettings now = settings(site);
        List<Node> there = site.fleet().nodesIn(subnet);
        return there.stream()
                .mapToInt(n -> Fleet.limits(n.instanceType())
                        .map(limits -> assured(site, n, now, limits))
                        .orElse(0))
                .sum();
    }

    /** What the targets promise, as far as the node holds it: in a full subnet it got no warm addresses at all. */
    private static int assured(RollSite site, Node node, WarmPoolSettings now, InstanceLimits limits) {
        int pods = Fleet.podsWithAddress(site.view(), node).size();
        int most = Math.max(1, node.maxPods());
        int assured = WarmIps.reclaimable(now, limits, pods, most).assured();
        Holding least = WarmPool.held(WarmIps.lowered(now), limits, pods, most);
        OptionalInt held = Fleet.addressesHeld(site.view(), node);
        return held.isEmpty() || least.podSubnetAddresses() > 0
                ? assured
                : Math.min(assured, Math.max(0, held.getAsInt() - least.subnetAddresses()));
    }

    /** The warm targets of the VPC CNI as they are. */
    static WarmPoolSettings settings(RollSite site) {
        return VpcCni.of(site.view())
                .map(cni -> WarmPoolSettings.fromEnv(cni.env()))
                .orElseGet(WarmPoolSettings::defaults);
    }
}
