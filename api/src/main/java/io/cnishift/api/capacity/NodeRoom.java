package io.cnishift.api.capacity;

/**
 * How one node can take more pods that need an address of the VPC. A unit is what a slot of an interface holds: an address,
 * or a prefix of 16.
 *
 * @param open pods more that kubelet admits and the pool may grow to
 * @param warm addresses that the node holds and no pod uses
 * @param onInterfaces units that still fit on the interfaces it has
 * @param onFurther units that fit on interfaces still to be attached
 * @param perInterface units of a whole interface
 * @param unit addresses of a unit: 1 or 16
 */
public record NodeRoom(int open, int warm, int onInterfaces, int onFurther, int perInterface, int unit) {

    public NodeRoom {
        if (open < 0 || warm < 0 || onInterfaces < 0 || onFurther < 0 || perInterface < 0 || unit < 1) {
            throw new IllegalArgumentException("No node has room for " + open + " pods with " + warm
                    + " warm addresses, " + onInterfaces + " and " + onFurther + " units of " + unit + ".");
        }
    }

    /**
     * A node as it runs with the VPC CNI. How far its pool can grow is what {@link WarmPool} would hold with every slot in
     * use, so MAX_ENI, the trunk, and a MINIMUM_IP_TARGET without WARM_IP_TARGET count.
     *
     * @param pods pods that use an address of the pool
     * @param interfaces interfaces attached for pods; with custom networking without the primary one
     * @param ips single addresses of these interfaces, without the interfaces' own
     * @param prefixes prefixes on these interfaces
     */
    public static NodeRoom running(
            WarmPoolSettings settings, InstanceLimits limits, Pods pods, int interfaces, int ips, int prefixes) {
        boolean byPrefix = settings.mode(limits).prefixes();
        int unit = byPrefix ? MaxPods.PER_PREFIX : 1;
        int slots = limits.slotsPerEni();
        int wanted = Math.min(pods.used() + pods.open(), WarmPool.slots(settings, limits));
        Holding most = WarmPool.held(settings, limits, wanted, Math.max(1, pods.used() + pods.open()));
        // Addresses of the other mode fill slots too.
        int growth = Math.max(0, most.ips() / unit - ips - prefixes);
        int here = Math.min(growth, Math.max(0, interfaces * slots - ips - prefixes));
        int all = slots == 0 ? 0 : (most.ips() / unit + slots - 1) / slots;
        int further = Math.min(growth, Math.max(0, all - interfaces) * slots);
        int warm = Math.max(0, ips + MaxPods.PER_PREFIX * prefixes - pods.used());
        return new NodeRoom(Math.min(pods.open(), warm + growth * unit), warm, here, further, slots, unit);
    }

    /** A new node with the VPC CNI, when nothing but its primary interface is there. */
    public static NodeRoom fresh(WarmPoolSettings settings, InstanceLimits limits, int open) {
        return running(settings, limits, new Pods(0, open), settings.customNetworking() ? 0 : 1, 0, 0);
    }

    /** The same after so many warm addresses went back to the subnet. */
    public NodeRoom without(int given) {
        int singles = unit == 1 ? given : 0;
        return new NodeRoom(
                open, warm - given, onInterfaces + singles + (given - singles) / unit, onFurther, perInterface, unit);
    }

    /**
     * Pods of a node that use the pool.
     *
     * @param used those there are
     * @param open those more that kubelet admits
     */
    public record Pods(int used, int open) {

        public Pods {
            if (used < 0 || open < 0) {
                throw new IllegalArgumentException("A node has 0 pods or more, not " + used + " and " + open + ".");
            }
        }
    }
}
