package io.cnishift.api.capacity;

/** Addresses that additional nodes take while old ones are still there. */
public final class Surge {

    private Surge() {}

    /**
     * The most addresses that one new node takes in a mode: its warm pool at its peak, with every slot in use. With
     * an overlay or IPv6 it is the node's own address alone.
     *
     * @param settings targets of the VPC CNI; their mode is replaced by {@code mode}
     */
    public static Holding perNode(PodMode mode, WarmPoolSettings settings, InstanceLimits limits, int maxPods) {
        if (mode == PodMode.OVERLAY || mode == PodMode.IPV6) {
            return Holding.nodeAlone();
        }
        WarmPoolSettings target = settings.inMode(mode);
        return WarmPool.peak(target, limits, Math.min(maxPods, WarmPool.slots(target, limits)), maxPods);
    }

    /** The addresses that must be free before {@code nodes} new nodes are asked for. */
    public static Headroom headroom(
            int nodes, PodMode mode, WarmPoolSettings settings, InstanceLimits limits, int maxPods) {
        Holding each = perNode(mode, settings, limits, maxPods);
        return new Headroom(
                Math.multiplyExact(nodes, each.subnetAddresses()),
                Math.multiplyExact(nodes, each.podSubnetAddresses()));
    }

    /**
     * Addresses that must be free.
     *
     * @param nodeSubnet in the subnets of the nodes
     * @param podSubnet in the subnets of the pods; 0 without custom networking
     */
    public record Headroom(int nodeSubnet, int podSubnet) {

        public Headroom {
            if (nodeSubnet < 0 || podSubnet < 0) {
                throw new IllegalArgumentException("A number of nodes is 0 or more.");
            }
        }

        /** Both together. */
        public int total() {
            return nodeSubnet + podSubnet;
        }
    }
}
