package io.cnishift.api.capacity;

import java.util.OptionalInt;

/**
 * How many pods fit on a node of a type, as kubelet's {@code maxPods}.
 *
 * <p>With E interfaces and I addresses on each: E x (I - 1) + 2 for secondary addresses, one interface less for custom
 * networking, 16 for each slot with prefixes. The 2 are aws-node and kube-proxy, which use the host's network. Source: the
 * max-pods calculator of amazon-eks-ami and its nodeadm, the VPC CNI's README.
 */
public final class MaxPods {

    /** Addresses of a delegated prefix, a /28. */
    public static final int PER_PREFIX = 16;

    private static final int HOST_NETWORK_PODS = 2;
    private static final int AUTO_MODE_CAP = 110;

    private MaxPods() {}

    /** {@link #of(InstanceLimits, PodMode, int)} without MAX_ENI. */
    public static OptionalInt of(InstanceLimits limits, PodMode mode) {
        return of(limits, mode, 0);
    }

    /**
     * The most pods that the mode allows on the type; empty when the type cannot do the mode (no prefixes on Xen, no interface
     * left for custom networking).
     *
     * <p>{@link PodMode#OVERLAY} has no limit of interfaces, so its value is the {@linkplain #cap cap} alone;
     * {@link PodMode#IPV6} is the prefix value, capped, because its /80 never runs out.
     *
     * @param maxEni the VPC CNI's MAX_ENI; below 1 it is not set, as in the CNI
     */
    public static OptionalInt of(InstanceLimits limits, PodMode mode, int maxEni) {
        if (mode == PodMode.OVERLAY) {
            return OptionalInt.of(cap(limits));
        }
        int enis = usableEnis(limits, maxEni) - (mode.customNetworking() ? 1 : 0);
        if (enis < 1 || (mode.prefixes() && !limits.prefixCapable())) {
            return OptionalInt.empty();
        }
        int pods = pods(enis, limits, mode.prefixes());
        return OptionalInt.of(mode == PodMode.IPV6 ? Math.min(pods, cap(limits)) : pods);
    }

    /** {@link #recommended(InstanceLimits, PodMode, int)} without MAX_ENI. */
    public static OptionalInt recommended(InstanceLimits limits, PodMode mode) {
        return recommended(limits, mode, 0);
    }

    /** What {@link #of(InstanceLimits, PodMode, int)} allows, but not above the {@linkplain #cap cap}; empty when it is. */
    public static OptionalInt recommended(InstanceLimits limits, PodMode mode, int maxEni) {
        OptionalInt possible = of(limits, mode, maxEni);
        return possible.isEmpty() ? possible : OptionalInt.of(Math.min(possible.getAsInt(), cap(limits)));
    }

    /**
     * The most pods that AWS advises for a node of this size: 250 above 30 vCPUs, else 110. EKS applies it to managed node
     * groups without an own AMI; nodeadm does not. Unknown vCPUs count as few.
     */
    public static int cap(InstanceLimits limits) {
        return limits.vcpus() > 30 ? 250 : 110;
    }

    /** What EKS Auto Mode sets: E x (I - 1), at most 110. */
    public static int autoMode(InstanceLimits limits) {
        return Math.min(AUTO_MODE_CAP, limits.enis() * limits.slotsPerEni());
    }

    /**
     * The number that AWS's max-pods-calculator.sh prints for a type, its peculiarities included: prefixes count only when EC2
     * says {@code nitro}, thus not on bare metal, and when they do not count the secondary formula is used without a word; a
     * type without an interface to spare gets 2 with custom networking.
     */
    public static int calculator(InstanceLimits limits, CalculatorFlags flags) {
        int enis =
                Math.min(flags.cniMaxEni().orElse(limits.enis()), limits.enis()) - (flags.customNetworking() ? 1 : 0);
        boolean prefixes = flags.prefixesCount() && limits.hypervisor() == Hypervisor.NITRO;
        int pods = pods(enis, limits, prefixes);
        return flags.showMaxAllowed() ? pods : Math.min(pods, cap(limits));
    }

    /** The interfaces that the VPC CNI may use: MAX_ENI when it is set and smaller than what the type has. */
    static int usableEnis(InstanceLimits limits, int maxEni) {
        return maxEni < 1 ? limits.enis() : Math.min(maxEni, limits.enis());
    }

    private static int pods(int enis, InstanceLimits limits, boolean prefixes) {
        return enis * limits.slotsPerEni() * (prefixes ? PER_PREFIX : 1) + HOST_NETWORK_PODS;
    }
}
