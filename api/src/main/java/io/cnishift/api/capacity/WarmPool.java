package io.cnishift.api.capacity;

/**
 * How many addresses ipamd of the VPC CNI holds on a node when nothing moves any more.
 *
 * <p>With S slots per interface, P pods that need an address and E interfaces that may carry pods:
 *
 * <ul>
 *   <li>no target of addresses: whole interfaces, as many as leave WARM_ENI_TARGET x S addresses free;
 *   <li>WARM_IP_TARGET W or MINIMUM_IP_TARGET M: max(P + W, M) addresses, on as few interfaces as hold them; without W the
 *       pool stays at M;
 *   <li>prefixes: as many /28 as hold P and leave WARM_PREFIX_TARGET x 16 free, or with targets of addresses
 *       max(ceil((P + W) / 16), ceil(M / 16));
 * </ul>
 *
 * never more than E x S, and growth ends once the node holds as many addresses as kubelet admits pods. Each interface takes
 * one more address for itself. Source: amazon-vpc-cni-k8s, pkg/ipamd/ipamd.go and docs/.
 */
public final class WarmPool {

    private WarmPool() {}

    /**
     * What a node holds whose pods came one by one.
     *
     * @param podsOnNode pods with an address from the pool: those of the host's network and those with a branch interface do
     *     not count; more than the node has slots for hold what the slots give
     * @param maxPods kubelet's limit
     * @throws IllegalArgumentException when {@code podsOnNode} is negative or {@code maxPods} below 1
     */
    public static Holding held(WarmPoolSettings settings, InstanceLimits limits, int podsOnNode, int maxPods) {
        Pool pool = Pool.of(settings, limits, maxPods);
        return holding(settings, limits, requireCount(podsOnNode), pool, pool.settled(podsOnNode));
    }

    /**
     * The most that a node can hold however its pods came: {@link #held} or more, since the last step of growth may pass
     * max-pods when many pods come at once.
     *
     * @throws IllegalArgumentException as {@link #held} does
     */
    public static Holding peak(WarmPoolSettings settings, InstanceLimits limits, int podsOnNode, int maxPods) {
        Pool pool = Pool.of(settings, limits, maxPods);
        return holding(settings, limits, requireCount(podsOnNode), pool, pool.peak(podsOnNode));
    }

    private static Holding holding(WarmPoolSettings settings, InstanceLimits limits, int pods, Pool pool, int units) {
        int podEnis = pool.enis(units);
        int ips = units * pool.unit();
        int warm = Math.max(0, ips - pods);
        int prefixes = pool.unit() == 1 ? 0 : units;
        int trunk = settings.podEni() && limits.trunking() ? 1 : 0;
        if (settings.customNetworking()) {
            // The trunk is made in the subnet of the ENIConfig too.
            return new Holding(1 + podEnis + trunk, ips, prefixes, warm, 1, ips + podEnis + trunk);
        }
        int enis = podEnis + trunk;
        return new Holding(enis, ips, prefixes, warm, ips + enis, 0);
    }

    private static int requireCount(int pods) {
        if (pods < 0) {
            throw new IllegalArgumentException("A node has 0 pods or more, not " + pods + ".");
        }
        return pods;
    }

    /** The most pods of a node that get an address from the pool. */
    public static int slots(WarmPoolSettings settings, InstanceLimits limits) {
        return Pool.of(settings, limits, 1).addresses();
    }

    /**
     * The arithmetic in units of what is assigned to a slot: a single address, or a prefix of 16.
     *
     * @param enis interfaces that may carry pods
     * @param slots units that fit on one of them
     * @param unit addresses of a unit
     */
    private record Pool(WarmPoolSettings settings, int enis, int slots, int unit, int maxPods) {

        static Pool of(WarmPoolSettings settings, InstanceLimits limits, int maxPods) {
            if (maxPods < 1) {
                throw new IllegalArgumentException("A node admits 1 pod or more, not " + maxPods + ".");
            }
            int enis = MaxPods.usableEnis(limits, settings.maxEni().orElse(0))
                    - (settings.podEni() ? 1 : 0)
                    - (settings.customNetworking() ? 1 : 0);
            int usable = Math.max(enis, settings.customNetworking() ? 0 : 1);
            int unit = settings.mode(limits).prefixes() ? MaxPods.PER_PREFIX : 1;
            return new Pool(settings, usable, limits.slotsPerEni(), unit, maxPods);
        }

        /** Units that fit on the node. */
        int capacity() {
            return enis * slots;
        }

        /** Addresses that fit on the node; a target or limit above it means no more, however large. */
        int addresses() {
            return capacity() * unit;
        }

        int settled(int pods) {
            return Math.min(peak(pods), limit());
        }

        /** Whole interfaces come one at a time, so they never pass the limit; other steps may be larger. */
        int peak(int pods) {
            int wanted = Math.min(wanted(Math.min(pods, addresses())), capacity());
            return wholeEnis() ? Math.min(wanted, limit()) : wanted;
        }

        /** A node always has its primary interface, so a pool without custom networking never stands on none. */
        int enis(int units) {
            return Math.max(settings.customNetworking() ? 0 : 1, up(units, slots));
        }

        private boolean wholeEnis() {
            return unit == 1 && !settings.ipTargets();
        }

        private int wanted(int pods) {
            if (settings.ipTargets()) {
                int minimum = up(Math.min(settings.minimumIp().orElse(0), addresses()), unit);
                // Without a warm target ipamd never finds itself short once the minimum is there, whatever the pods
                // need.
                return settings.warmIp().isEmpty() ? minimum : Math.max(minimum, up(pods + warmIp(), unit));
            }
            if (wholeEnis()) {
                return slots * steps(pods, slots, Math.min(settings.warmEni().orElse(1), enis));
            }
            return steps(pods, unit, Math.min(settings.warmPrefix().orElse(0), capacity()));
        }

        private int warmIp() {
            return Math.min(settings.warmIp().orElse(0), addresses());
        }

        /** Steps of {@code size} addresses that hold the pods and {@code warm} more; with 0 warm a step comes with the last. */
        private static int steps(int pods, int size, int warm) {
            return warm == 0 && size > 0 ? pods / size + 1 : up(pods, size) + warm;
        }

        /**
         * Where growth ends. It comes interface by interface while nothing is there yet, later by the steps that the mode has,
         * and each time max-pods is looked at first.
         */
        private int limit() {
            int admitted = Math.min(maxPods, addresses());
            int first = Math.min(wanted(0), up(admitted, slots * unit) * slots);
            return Math.max(first, wholeEnis() ? up(admitted, slots) * slots : up(admitted, unit));
        }

        /** Rounded up; of a size of 0 nothing fits. */
        private static int up(int count, int size) {
            return size == 0 ? 0 : (count + size - 1) / size;
        }
    }
}
