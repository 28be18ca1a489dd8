package io.cnishift.api.capacity;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of aws-node that decide how many addresses a node holds. A number that the VPC CNI takes for unset is empty
 * here: below 0 for WARM_ENI_TARGET and WARM_PREFIX_TARGET (where 0 has a meaning), below 1 for the others.
 *
 * @param warmEni WARM_ENI_TARGET; 1 when empty
 * @param warmIp WARM_IP_TARGET; it or {@code minimumIp} disables WARM_ENI_TARGET and WARM_PREFIX_TARGET
 * @param minimumIp MINIMUM_IP_TARGET; without {@code warmIp} the pool stays at this size and the next pod waits
 * @param warmPrefix WARM_PREFIX_TARGET; 0 when empty, although the shipped manifest sets 1
 * @param prefixDelegation ENABLE_PREFIX_DELEGATION
 * @param customNetworking AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG
 * @param maxEni MAX_ENI
 * @param podEni ENABLE_POD_ENI: security groups for pods, for which one interface is kept for the trunk
 */
public record WarmPoolSettings(
        OptionalInt warmEni,
        OptionalInt warmIp,
        OptionalInt minimumIp,
        OptionalInt warmPrefix,
        boolean prefixDelegation,
        boolean customNetworking,
        OptionalInt maxEni,
        boolean podEni) {

    /** The texts that Go, in which the VPC CNI is written, reads as true. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

    public WarmPoolSettings {
        warmEni = atLeast(0, Objects.requireNonNull(warmEni, "warmEni"));
        warmIp = atLeast(1, Objects.requireNonNull(warmIp, "warmIp"));
        minimumIp = atLeast(1, Objects.requireNonNull(minimumIp, "minimumIp"));
        warmPrefix = atLeast(0, Objects.requireNonNull(warmPrefix, "warmPrefix"));
        maxEni = atLeast(1, Objects.requireNonNull(maxEni, "maxEni"));
    }

    /** What the VPC CNI does when nothing is set: one warm interface. */
    public static WarmPoolSettings defaults() {
        return fromEnv(Map.of());
    }

    /** The settings as ipamd reads them from the environment of aws-node; what is not a number counts as not set. */
    public static WarmPoolSettings fromEnv(Map<String, String> env) {
        return new WarmPoolSettings(
                number(env, "WARM_ENI_TARGET"),
                number(env, "WARM_IP_TARGET"),
                number(env, "MINIMUM_IP_TARGET"),
                number(env, "WARM_PREFIX_TARGET"),
                flag(env, "ENABLE_PREFIX_DELEGATION"),
                flag(env, "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"),
                number(env, "MAX_ENI"),
                flag(env, "ENABLE_POD_ENI"));
    }

    /** Whether single addresses are counted, and thus neither warm interfaces nor warm prefixes. */
    public boolean ipTargets() {
        return warmIp.isPresent() || minimumIp.isPresent();
    }

    /** The same with these targets of addresses; empty for not set. */
    public WarmPoolSettings withIpTargets(OptionalInt warm, OptionalInt minimum) {
        return new WarmPoolSettings(
                warmEni, warm, minimum, warmPrefix, prefixDelegation, customNetworking, maxEni, podEni);
    }

    /**
     * The same targets in another mode of the VPC CNI.
     *
     * @throws IllegalArgumentException for {@link PodMode#OVERLAY} and {@link PodMode#IPV6}, which have no warm pool
     */
    public WarmPoolSettings inMode(PodMode mode) {
        if (mode == PodMode.OVERLAY || mode == PodMode.IPV6) {
            throw new IllegalArgumentException("There is no warm pool of IPv4 addresses in mode " + mode + ".");
        }
        return new WarmPoolSettings(
                warmEni, warmIp, minimumIp, warmPrefix, mode.prefixes(), mode.customNetworking(), maxEni, podEni);
    }

    /** The mode that these settings mean on a type; prefixes are ignored where the type cannot hold them, as the CNI does. */
    public PodMode mode(InstanceLimits limits) {
        if (prefixDelegation && limits.prefixCapable()) {
            return customNetworking ? PodMode.CUSTOM_NETWORKING_PREFIX : PodMode.PREFIX_DELEGATION;
        }
        return customNetworking ? PodMode.CUSTOM_NETWORKING : PodMode.SECONDARY_IP;
    }

    private static OptionalInt atLeast(int least, OptionalInt value) {
        return value.isPresent() && value.getAsInt() < least ? OptionalInt.empty() : value;
    }

    private static OptionalInt number(Map<String, String> env, String name) {
        String text = env.getOrDefault(name, "");
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean flag(Map<String, String> env, String name) {
        return TRUE.contains(env.getOrDefault(name, ""));
    }
}
