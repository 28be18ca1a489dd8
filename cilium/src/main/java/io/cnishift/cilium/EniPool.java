package io.cnishift.cilium;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.NodeRoom;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.MaxPodsRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that a node holds when Cilium manages its interfaces.
 *
 * <p>The operator keeps {@value #READY} addresses free on a node, gives it more as pods come and takes none back. The agent
 * uses {@value #OWN} itself, for the node's router and its health endpoint. Each interface takes one more address for itself.
 * Source: Cilium's documentation of ENI IPAM (ipam.nodeSpec.ipamPreAllocate).
 */
public final class EniPool {

    private static final int READY = 8;
    private static final int OWN = 2;

    /** aws-node and kube-proxy in the formula of max-pods; here the agent and kube-proxy. */
    private static final int HOST_NETWORK_PODS = 2;

    private EniPool() {}

    /** Pods that a node admits: those with an address, and two on the host network; not above what AWS advises. */
    public static int maxPods(InstanceLimits limits, boolean prefixes) {
        int pods = slots(limits) * unit(limits, prefixes) - OWN + HOST_NETWORK_PODS;
        return Math.min(pods, MaxPods.cap(limits));
    }

    /** The least over the types of a group, and within what the memory of its nodes bears; as now when no type is known. */
    public static int maxPods(NodeGroup group, List<Node> nodes, boolean prefixes) {
        int byMemory = nodes.isEmpty() ? Integer.MAX_VALUE : MaxPodsRule.of(nodes);
        return Stream.concat(group.instanceTypes().stream(), nodes.stream().map(Node::instanceType))
                .distinct()
                .flatMap(type -> Fleet.limits(type).stream())
                .mapToInt(limits -> Math.min(byMemory, maxPods(limits, prefixes)))
                .min()
                .orElse(MaxPodsRule.admitted(nodes));
    }

    /** Addresses that a node with so many pods takes from its subnet. */
    public static int held(InstanceLimits limits, int pods, boolean prefixes) {
        int units = units(limits, pods, prefixes);
        return units * unit(limits, prefixes) + Math.max(1, up(units, limits.slotsPerEni()));
    }

    /** The same with the pods that a node has; of a type that is not known, what it holds today. */
    public static int held(View view, Node node, boolean prefixes) {
        int pods = Fleet.podsWithAddress(view, node).size();
        return Fleet.limits(node.instanceType())
                .map(limits -> held(limits, pods, prefixes))
                .orElseGet(() -> today(view, node));
    }

    /** What a node holds today. */
    static int today(View view, Node node) {
        return node.instance()
                .map(id -> view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                        .filter(i -> i.instance().filter(id::equals).isPresent())
                        .mapToInt(NetworkInterface::taken)
                        .sum())
                .orElse(1);
    }

    /** Blocks of 16 that a node with so many pods takes from its subnet. */
    public static int prefixes(InstanceLimits limits, int pods, boolean prefixes) {
        return unit(limits, prefixes) == MaxPods.PER_PREFIX ? units(limits, pods, prefixes) : 0;
    }

    /** What a node takes before its first pod comes: its own address, and those that the agent uses. */
    public static int least(InstanceLimits limits, boolean prefixes) {
        int unit = unit(limits, prefixes);
        return 1 + up(OWN, unit) * unit;
    }

    /** A node with no more than that. */
    public static NodeRoom room(InstanceLimits limits, int open, boolean prefixes) {
        int unit = unit(limits, prefixes);
        int own = up(OWN, unit);
        int further = (limits.enis() - 1) * limits.slotsPerEni();
        int here = Math.max(0, limits.slotsPerEni() - own);
        return new NodeRoom(open, own * unit - OWN, here, further, limits.slotsPerEni(), unit);
    }

    private static int units(InstanceLimits limits, int pods, boolean prefixes) {
        return Math.min(up(pods + OWN + READY, unit(limits, prefixes)), slots(limits));
    }

    private static int slots(InstanceLimits limits) {
        return limits.enis() * limits.slotsPerEni();
    }

    private static int unit(InstanceLimits limits, boolean prefixes) {
        return prefixes && limits.prefixCapable() ? MaxPods.PER_PREFIX : 1;
    }

    private static int up(int count, int size) {
        return size == 0 ? 0 : (count + size - 1) / size;
    }
}
