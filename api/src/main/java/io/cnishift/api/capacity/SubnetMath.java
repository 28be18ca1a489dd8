package io.cnishift.api.capacity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * What fits into a subnet of a VPC, and what AWS services need to find free in one. Sources: VPC user guide (subnet sizing),
 * EKS user guide (network requirements), ELB user guides.
 */
public final class SubnetMath {

    /** Shortest prefix of a subnet and of a CIDR block of a VPC: /16, the largest size. */
    public static final int SHORTEST_PREFIX = 16;

    /** Longest prefix of a subnet and of a CIDR block of a VPC: /28, the smallest size. */
    public static final int LONGEST_PREFIX = 28;

    /** Addresses of each subnet that AWS keeps: the first four and the last. */
    public static final int RESERVED = 5;

    /** Prefix of the blocks that prefix delegation assigns: 16 addresses. */
    public static final int PREFIX_BLOCK = 28;

    /** Free addresses that each control-plane subnet must have for an update of the cluster's version. */
    public static final int CONTROL_PLANE_FREE = 6;

    /** Free addresses that EKS recommends in each control-plane subnet. */
    public static final int CONTROL_PLANE_FREE_RECOMMENDED = 16;

    /** Interfaces that EKS places in the control-plane subnets: 2 at least. */
    public static final int CONTROL_PLANE_ENIS_LEAST = 2;

    /** Interfaces that EKS places in the control-plane subnets: 4 at most, outside of updates. */
    public static final int CONTROL_PLANE_ENIS_MOST = 4;

    /** Free addresses that an Application Load Balancer needs in each of its subnets. */
    public static final int ALB_FREE = 8;

    /** Longest prefix of a subnet for an Application Load Balancer. */
    public static final int ALB_LONGEST_PREFIX = 27;

    /** Addresses that an Application Load Balancer may take over all of its subnets when it scales. */
    public static final int ALB_MOST = 100;

    /** Free addresses that an internet-facing Network Load Balancer needs in each of its subnets. */
    public static final int NLB_INTERNET_FACING_FREE = 8;

    /** Addresses that a Network Load Balancer takes in each zone. */
    public static final int NLB_PER_ZONE = 1;

    private static final int BLOCK = 16;

    private SubnetMath() {}

    /** Addresses that instances and services can have: all but {@value #RESERVED}, and never below 0. */
    public static long usable(Cidr subnet) {
        return Math.max(0, ipv4(subnet).size() - RESERVED);
    }

    /** {@link #usable(Cidr)} of any subnet with this prefix. */
    public static long usable(int prefix) {
        return usable(Cidr.around("0.0.0.0", prefix));
    }

    /** Whether AWS allows a subnet, or a CIDR block of a VPC, of this size. */
    public static boolean allowedSize(int prefix) {
        return prefix >= SHORTEST_PREFIX && prefix <= LONGEST_PREFIX;
    }

    /** The prefix of the smallest subnet in which so many addresses are usable; empty when a /16 has not so many. */
    public static OptionalInt smallestPrefixFor(long addresses) {
        for (int prefix = LONGEST_PREFIX; prefix >= SHORTEST_PREFIX; prefix--) {
            if (usable(prefix) >= addresses) {
                return OptionalInt.of(prefix);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * How many /28 prefixes prefix delegation could still get from a subnet: aligned blocks of 16 without any used or reserved
     * address. The subnet's count of free addresses does not tell, since one address spoils a whole block. An estimate: what
     * others take meanwhile, and CIDR reservations that are not passed as used, are not seen.
     *
     * @param usedAddresses primary and secondary addresses of all interfaces; those outside the subnet are ignored
     * @param usedPrefixes prefixes that interfaces hold, or other ranges that cannot be taken; likewise
     * @throws IllegalArgumentException for an IPv6 subnet, or a used address that is not one
     */
    public static int freePrefixBlocks(Cidr subnet, Collection<String> usedAddresses, Collection<Cidr> usedPrefixes) {
        return free(subnet, usedAddresses, usedPrefixes).cardinality();
    }

    /**
     * The blocks that {@link #freePrefixBlocks} counts, as the fewest aligned ranges that hold nothing else, in order.
     *
     * @throws IllegalArgumentException likewise
     */
    public static List<Cidr> freePrefixRanges(
            Cidr subnet, Collection<String> usedAddresses, Collection<Cidr> usedPrefixes) {
        BitSet free = free(subnet, usedAddresses, usedPrefixes);
        List<Cidr> ranges = new ArrayList<>();
        int first = free.nextSetBit(0);
        while (first >= 0) {
            int blocks = 1;
            while (first % (2 * blocks) == 0 && free.nextClearBit(first) >= first + 2 * blocks) {
                blocks *= 2;
            }
            int prefix = PREFIX_BLOCK - Integer.numberOfTrailingZeros(blocks);
            ranges.add(Cidr.around(subnet.address((long) first * BLOCK), prefix));
            first = free.nextSetBit(first + blocks);
        }
        return ranges;
    }

    private static BitSet free(Cidr subnet, Collection<String> usedAddresses, Collection<Cidr> usedPrefixes) {
        int blocks = Math.toIntExact(ipv4(subnet).size() / BLOCK);
        BitSet free = new BitSet(blocks);
        // AWS keeps addresses at both ends
        free.set(1, Math.max(1, blocks - 1));
        for (String address : usedAddresses) {
            if (subnet.contains(address)) {
                free.clear((int) (subnet.offsetOf(address) / BLOCK));
            }
        }
        for (Cidr prefix : usedPrefixes) {
            if (prefix.contains(subnet)) {
                free.clear();
            } else if (subnet.contains(prefix)) {
                int first = (int) (subnet.offsetOf(prefix.network()) / BLOCK);
                free.clear(first, first + (int) Math.max(1, prefix.size() / BLOCK));
            }
        }
        return free;
    }

    private static Cidr ipv4(Cidr block) {
        if (!block.ipv4()) {
            throw new IllegalArgumentException("The block " + block + " is IPv6; addresses are counted for IPv4 only.");
        }
        return block;
    }
}
