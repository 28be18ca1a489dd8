package io.cnishift.api.capacity;

import java.util.Locale;

/** How the pods of a node get their addresses, as far as it decides how many pods fit. */
public enum PodMode {
    /** VPC CNI, one secondary address per pod: the default of a new cluster. */
    SECONDARY_IP,
    /** VPC CNI with ENIConfigs: pods on other subnets, the primary interface carries none. */
    CUSTOM_NETWORKING,
    /** VPC CNI with /28 prefixes instead of single addresses. */
    PREFIX_DELEGATION,
    /** Both of the above. */
    CUSTOM_NETWORKING_PREFIX,
    /** Pods outside the VPC's addresses, such as Cilium with VXLAN: interfaces no longer count. */
    OVERLAY,
    /** VPC CNI in an IPv6 cluster: one /80 prefix per node. */
    IPV6;

    boolean customNetworking() {
        return this == CUSTOM_NETWORKING || this == CUSTOM_NETWORKING_PREFIX;
    }

    boolean prefixes() {
        return this == PREFIX_DELEGATION || this == CUSTOM_NETWORKING_PREFIX || this == IPV6;
    }

    /** The name in cnishift's output, such as {@code secondary-ip}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
