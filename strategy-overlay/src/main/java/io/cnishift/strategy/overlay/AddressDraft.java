package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The new nodes that there are addresses for. A node of the overlay takes one, its own; one whose interfaces Cilium manages takes
 * as many as these hold with its pods, and all of them together have to fit in the end.
 *
 * <ol>
 *   <li>Of the free addresses of a subnet those stay untouched that others need to find: six in a subnet of the control
 *       plane, eight in one of an Application Load Balancer.
 *   <li>Where that leaves no room for a single extra node, or for as many as the user asked for, warm addresses are given
 *       back first. Only what is certain to come back counts, however pods are spread over interfaces.
 * </ol>
 *
 * @param spare by subnet, new nodes that have addresses there once warm ones are given back
 * @param waitFor by subnet, free addresses to wait for after lowering the warm targets; empty when they stay
 */
record AddressDraft(SortedMap<String, Integer> spare, SortedMap<String, Integer> waitFor) {

    AddressDraft {
        spare = Collections.unmodifiableSortedMap(new TreeMap<>(spare));
        waitFor = Collections.unmodifiableSortedMap(new TreeMap<>(waitFor));
    }

    static AddressDraft of(Site site) {
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
        return new AddressDraft(spare, waitFor);
    }

    /** Whether warm addresses are given back first. */
    boolean frees() {
        return !waitFor.isEmpty();
    }

    /** What the subnets of a group can spare. */
    Map<String, Integer> spareOf(NodeGroup group) {
        Map<String, Integer> own = new TreeMap<>(spare);
        own.keySet().retainAll(group.subnets());
        return own;
    }

    /** By subnet, how many addresses are missing for a single extra node of a group, whatever is given back. */
    SortedMap<String, Integer> missing(Site site, NodeGroup group) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        for (String subnet : group.subnets()) {
            int free = freeNow(site, subnet) + assured(site, subnet);
            missing.put(subnet, Math.max(0, reserve(site, subnet) + 1 - free));
        }
        return missing;
    }

    /** Addresses of a subnet that are left to others. */
    static int reserve(Site site, String subnet) {
        Cluster cluster = site.view().cluster();
        boolean alb = site.view().all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .anyMatch(lb -> lb.type().equals("application") && lb.subnets().contains(subnet));
        return (cluster.controlPlaneSubnets().contains(subnet) ? SubnetMath.CONTROL_PLANE_FREE : 0)
                + (alb ? SubnetMath.ALB_FREE : 0);
    }

    private static int spare(Site site, String subnet) {
        return nodes(site, subnet, freeNow(site, subnet));
    }

    /** New nodes for which so many free addresses suffice. */
    private static int nodes(Site site, String subnet, int free) {
        int room = site.overlay() ? free : Math.min(free, inTheEnd(site, subnet));
        return Math.max(0, room - reserve(site, subnet)) / Successor.most(site, subnet);
    }

    /** What is free once every node of a subnet has a successor. */
    private static int inTheEnd(Site site, String subnet) {
        return AddressUse.of(site.view()).stream()
                .filter(use -> use.subnet().id().equals(subnet))
                .mapToInt(use -> use.usable() - Successor.after(site, use))
                .findFirst()
                .orElse(0);
    }

    private static int freeNow(Site site, String subnet) {
        return site.view().subnet(subnet).map(Subnet::freeAddresses).orElse(0);
    }

    private static void free(
            Site site, String subnet, int least, Map<String, Integer> spare, Map<String, Integer> waitFor) {
        int assured = assured(site, subnet);
        int reserve = reserve(site, subnet);
        int free = freeNow(site, subnet) + assured;
        if (assured > 0 && free > reserve) {
            spare.put(subnet, nodes(site, subnet, free));
            waitFor.merge(subnet, Math.min(free, reserve + least * Successor.most(site, subnet)), Math::max);
        }
    }

    /** Warm addresses that the nodes in a subnet give back for certain when the targets are lowered. */
    static int assured(Site site, String subnet) {
        WarmPoolSettings now =
                site.vpcCni().map(cni -> WarmPoolSettings.fromEnv(cni.env())).orElseGet(WarmPoolSettings::defaults);
        List<Node> there = site.nodes().stream()
                .filter(n -> site.view()
                        .instanceOf(n)
                        .filter(i -> i.subnet().equals(subnet))
                        .isPresent())
                .toList();
        return there.stream()
                .mapToInt(n -> Fleet.limits(n.instanceType())
                        .map(limits -> assured(site, n, now, limits))
                        .orElse(0))
                .sum();
    }

    /** What the targets promise, as far as the node holds it: in a full subnet it got no warm addresses at all. */
    private static int assured(Site site, Node node, WarmPoolSettings now, InstanceLimits limits) {
        int pods = site.podsWithAddress(node).size();
        int most = Math.max(1, node.maxPods());
        int assured = WarmIps.reclaimable(now, limits, pods, most).assured();
        Holding least = WarmPool.held(WarmIps.lowered(now), limits, pods, most);
        OptionalInt held = Fleet.addressesHeld(site.view(), node);
        return held.isEmpty() || least.podSubnetAddresses() > 0
                ? assured
                : Math.min(assured, Math.max(0, held.getAsInt() - least.subnetAddresses()));
    }
}
