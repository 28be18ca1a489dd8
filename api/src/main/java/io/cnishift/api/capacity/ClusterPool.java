package io.cnishift.api.capacity;

import java.util.OptionalInt;

/**
 * Sizes of Cilium's cluster pool: a pool of addresses is cut into one slice per node, all of one size, which cannot be changed
 * later. Source: Cilium's documentation of cluster-scope IPAM, its ipallocator.
 */
public final class ClusterPool {

    /** Longest node mask that Cilium accepts as sensible: a slice has at least 8 addresses. */
    public static final int LONGEST_MASK = 29;

    /**
     * Addresses of a slice that no pod gets: the first and the last one, that of the node's router (cilium_host) and that of the
     * health endpoint.
     */
    public static final int RESERVED_PER_NODE = 4;

    private ClusterPool() {}

    /**
     * Pods of a node whose slice has this mask: 2^(32 - mask) - 4, thus 252 with /24 and 28 with /27.
     *
     * @throws IllegalArgumentException when the mask is not 1 to 30
     */
    public static long podsPerNode(int mask) {
        if (mask < 1 || mask > 30) {
            throw new IllegalArgumentException("A node mask of " + mask + " is not between 1 and 30.");
        }
        return (1L << (32 - mask)) - RESERVED_PER_NODE;
    }

    /** The nodes that a pool has slices for; 0 when one slice is larger than the pool. */
    public static long maxNodes(Cidr pool, int mask) {
        int width = mask - ipv4(pool).prefix();
        return width < 0 ? 0 : 1L << width;
    }

    /**
     * The mask of the smallest slice that holds so many pods. With a slice that is too small pods wait for an address although
     * kubelet admits them: 29 pods do not fit into the 28 of a /27.
     *
     * @throws IllegalArgumentException when {@code maxPods} is below 1, or above what any IPv4 slice holds
     */
    public static int maskFor(int maxPods) {
        if (maxPods < 1) {
            throw new IllegalArgumentException("A node admits at least 1 pod, not " + maxPods + ".");
        }
        for (int mask = LONGEST_MASK; mask > 1; mask--) {
            if (podsPerNode(mask) >= maxPods) {
                return mask;
            }
        }
        throw new IllegalArgumentException("No slice of IPv4 addresses holds " + maxPods + " pods.");
    }

    /**
     * The node mask for a pool, or why the pool is too small.
     *
     * @param maxPods the highest max-pods of the nodes to come
     * @param highestNodeCount all nodes that can be there at one time: what groups and autoscalers allow, surge included
     */
    public static ClusterPoolPlan plan(Cidr pool, int maxPods, int highestNodeCount) {
        if (highestNodeCount < 1) {
            throw new IllegalArgumentException("A cluster has at least 1 node, not " + highestNodeCount + ".");
        }
        int mask = maskFor(maxPods);
        long nodes = maxNodes(pool, mask);
        if (nodes >= highestNodeCount) {
            return new ClusterPoolPlan.Fits(mask, podsPerNode(mask), nodes);
        }
        int bits = 32 - Integer.numberOfLeadingZeros(highestNodeCount - 1);
        OptionalInt needed = bits > mask ? OptionalInt.empty() : OptionalInt.of(mask - bits);
        return new ClusterPoolPlan.TooSmall(mask, nodes, needed, reason(pool, mask, nodes, maxPods, highestNodeCount));
    }

    private static String reason(Cidr pool, int mask, long nodes, int maxPods, int highestNodeCount) {
        return maxPods + " pods per node need a slice of /" + mask + " (" + podsPerNode(mask) + " pods), of which "
                + pool + " has " + nodes + ", but there can be " + highestNodeCount + " nodes at one time.";
    }

    private static Cidr ipv4(Cidr pool) {
        if (!pool.ipv4()) {
            throw new IllegalArgumentException(
                    "The pool " + pool + " is IPv6; sizes are computed for IPv4 pools only.");
        }
        return pool;
    }
}
