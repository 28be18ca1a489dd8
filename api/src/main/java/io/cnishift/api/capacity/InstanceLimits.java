package io.cnishift.api.capacity;

import java.util.Objects;

/**
 * What one EC2 instance type allows: the facts that every max-pods formula starts from.
 *
 * @param type the instance type, such as {@code m5.large}
 * @param enis network interfaces of the default network card alone (EC2: {@code NetworkCards[DefaultNetworkCardIndex]
 *     .MaximumNetworkInterfaces}); the VPC CNI puts pods on no other card, so a p5.48xlarge has 2 and not 64
 * @param ipv4PerEni IPv4 addresses of each interface, its own primary address included
 * @param hypervisor as EC2 states it
 * @param bareMetal whether instances run without a hypervisor
 * @param vcpus default vCPUs; 0 when not known
 * @param trunking whether a trunk interface can be attached, which security groups for pods need
 * @param branchEnis branch interfaces that a trunk carries; 0 without trunking
 */
public record InstanceLimits(
        String type,
        int enis,
        int ipv4PerEni,
        Hypervisor hypervisor,
        boolean bareMetal,
        int vcpus,
        boolean trunking,
        int branchEnis) {

    public InstanceLimits {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(hypervisor, "hypervisor");
        if (type.isBlank()) {
            throw new IllegalArgumentException("An instance type needs a name.");
        }
        if (enis < 1 || ipv4PerEni < 1 || vcpus < 0 || branchEnis < 0) {
            throw new IllegalArgumentException("The limits of " + type + " are impossible: " + enis + " interfaces of "
                    + ipv4PerEni + " addresses, " + vcpus + " vCPUs, " + branchEnis + " branch interfaces.");
        }
    }

    /**
     * Whether an interface can hold /28 prefixes: types on the Nitro hypervisor, and all bare metal ones, since EC2 sells bare
     * metal on Nitro hardware alone although it then states no hypervisor. The VPC CNI decides in the same way.
     */
    public boolean prefixCapable() {
        return hypervisor == Hypervisor.NITRO || bareMetal;
    }

    /** The addresses or prefixes that one interface can give to pods: all but its primary address. */
    public int slotsPerEni() {
        return ipv4PerEni - 1;
    }
}
