package io.cnishift.api.capacity;

/**
 * The addresses that one node holds.
 *
 * @param enis interfaces attached to the instance, with the primary one and the trunk
 * @param ips addresses for pods: secondary addresses, or all of the prefixes
 * @param prefixes /28 prefixes; 0 when single addresses are used
 * @param warm those of {@code ips} that no pod uses
 * @param subnetAddresses addresses taken from the subnet of the node, the interfaces' own included
 * @param podSubnetAddresses addresses taken from the subnet of the pods; 0 without custom networking
 */
public record Holding(int enis, int ips, int prefixes, int warm, int subnetAddresses, int podSubnetAddresses) {

    public Holding {
        if (enis < 1
                || ips < 0
                || prefixes < 0
                || warm < 0
                || warm > ips
                || subnetAddresses < 1
                || podSubnetAddresses < 0) {
            throw new IllegalArgumentException("No node holds " + enis + " interfaces, " + ips + " addresses (" + warm
                    + " warm), " + prefixes + " prefixes, " + subnetAddresses + " and " + podSubnetAddresses
                    + " addresses of subnets.");
        }
    }

    /** A node whose pods take nothing from the VPC's IPv4 addresses, as with an overlay or IPv6. */
    public static Holding nodeAlone() {
        return new Holding(1, 0, 0, 0, 1, 0);
    }

    /** Addresses taken from both subnets together. */
    public int total() {
        return subnetAddresses + podSubnetAddresses;
    }
}
