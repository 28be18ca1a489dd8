package io.cnishift.api.capacity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which IPv4 blocks AWS lets a VPC associate besides those it has. Source: VPC user guide, restrictions of associating CIDR
 * blocks. Not checked here, since a list of blocks does not tell: the quota, and routes and peers that are not passed.
 */
public final class SecondaryCidrs {

    /** IPv4 blocks of a VPC without a raised quota, the primary one included. */
    public static final int DEFAULT_QUOTA = 5;

    /** Shared address space (RFC 6598), of which every VPC may associate blocks. */
    public static final Cidr SHARED = Cidr.parse("100.64.0.0/10");

    private static final Cidr TEN = Cidr.parse("10.0.0.0/8");
    private static final Cidr ONE_SEVEN_TWO = Cidr.parse("172.16.0.0/12");
    private static final Cidr ONE_NINE_TWO = Cidr.parse("192.168.0.0/16");
    private static final Cidr SERVICES = Cidr.parse("198.19.0.0/16");
    private static final Cidr LINK_LOCAL = Cidr.parse("169.254.0.0/16");
    private static final Cidr FIRST_OF_TEN = Cidr.parse("10.0.0.0/16");
    private static final Cidr FIRST_TWO_OF_TEN = Cidr.parse("10.0.0.0/15");
    private static final Cidr DEFAULT_VPC = Cidr.parse("172.31.0.0/16");

    /** Docker's bridge, and used inside by some AWS services: permitted, never suggested. */
    private static final Cidr DOCKER = Cidr.parse("172.17.0.0/16");

    private SecondaryCidrs() {}

    /** {@link #refusal(Cidr, Collection, Collection)} without ranges used elsewhere. */
    public static Optional<String> refusal(Cidr block, Collection<Cidr> vpcCidrs) {
        return refusal(block, vpcCidrs, List.of());
    }

    /**
     * Why the VPC cannot, or should not, associate the block: one sentence; empty when it can.
     *
     * @param vpcCidrs every IPv4 block of the VPC
     * @param usedRanges ranges that its traffic reaches by other ways: route destinations, peers, transit gateways, on-premises
     *     networks, the Services of clusters; a default route among them does not count
     */
    public static Optional<String> refusal(Cidr block, Collection<Cidr> vpcCidrs, Collection<Cidr> usedRanges) {
        if (!block.ipv4() || !SubnetMath.allowedSize(block.prefix())) {
            return Optional.of("A VPC associates IPv4 blocks from /16 to /28, which " + block + " is not.");
        }
        if (LINK_LOCAL.contains(block)) {
            return Optional.of("The block " + block + " is link-local, which no VPC can have.");
        }
        return vpcCidrs.stream()
                .map(existing -> conflict(block, existing))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> inTheWay(block, usedRanges)
                        .map(used ->
                                "The block " + block + " overlaps " + used + ", which is reached by another way."));
    }

    /**
     * The first block of this size that the VPC can associate: of the shared address space, which every VPC may use, else of the
     * private ranges; empty when none is left.
     *
     * @param usedRanges as in {@link #refusal(Cidr, Collection, Collection)}
     * @throws IllegalArgumentException when AWS has no blocks of this size
     */
    public static Optional<Cidr> suggest(Collection<Cidr> vpcCidrs, Collection<Cidr> usedRanges, int prefix) {
        if (!SubnetMath.allowedSize(prefix)) {
            throw new IllegalArgumentException("A VPC associates blocks from /16 to /28, not /" + prefix + ".");
        }
        List<Cidr> occupied = Stream.of(vpcCidrs, usedRanges, List.of(DOCKER))
                .flatMap(Collection::stream)
                .toList();
        return Stream.of(SHARED, TEN, ONE_SEVEN_TWO, ONE_NINE_TWO)
                .map(range -> firstIn(range, vpcCidrs, occupied, prefix))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Cidr> firstIn(
            Cidr range, Collection<Cidr> vpcCidrs, Collection<Cidr> occupied, int prefix) {
        long count = range.size() >> (32 - prefix);
        long n = 0;
        while (n < count) {
            Cidr block = range.nth(prefix, n);
            Optional<Cidr> obstacle = inTheWay(block, occupied).or(() -> rule(block, vpcCidrs));
            if (obstacle.isEmpty()) {
                return Optional.of(block);
            }
            n = behind(obstacle.get(), range, prefix, n);
        }
        return Optional.empty();
    }

    /** The number of the first block behind an obstacle, so that a large one is passed in one step. */
    private static long behind(Cidr obstacle, Cidr range, int prefix, long n) {
        if (obstacle.contains(range)) {
            return Long.MAX_VALUE;
        }
        long end = range.offsetOf(obstacle.network()) + obstacle.size();
        return Math.max(n + 1, end >> (32 - prefix));
    }

    private static Optional<Cidr> inTheWay(Cidr block, Collection<Cidr> ranges) {
        return ranges.stream()
                .filter(range -> range.prefix() > 0 && range.overlaps(block))
                .findFirst();
    }

    /** The range that a rule of an existing block closes around this one. */
    private static Optional<Cidr> rule(Cidr block, Collection<Cidr> vpcCidrs) {
        return vpcCidrs.stream()
                .flatMap(existing -> closed(existing).stream())
                .filter(range -> range.contains(block))
                .findFirst();
    }

    private static Optional<String> conflict(Cidr block, Cidr existing) {
        if (existing.overlaps(block)) {
            return Optional.of("The block " + block + " overlaps " + existing + ", which the VPC has.");
        }
        return closed(existing).stream()
                .filter(range -> range.contains(block))
                .findFirst()
                .map(range -> "A VPC that has " + existing + " cannot associate blocks of " + range + " such as "
                        + block + ": choose one of " + SHARED + ".");
    }

    /** The ranges of which a VPC with this block cannot associate any other. */
    private static List<Cidr> closed(Cidr existing) {
        if (TEN.contains(existing)) {
            return FIRST_TWO_OF_TEN.contains(existing)
                    ? List.of(ONE_SEVEN_TWO, ONE_NINE_TWO, SERVICES, FIRST_OF_TEN)
                    : List.of(ONE_SEVEN_TWO, ONE_NINE_TWO, SERVICES);
        }
        if (ONE_SEVEN_TWO.contains(existing)) {
            return List.of(TEN, ONE_NINE_TWO, SERVICES, DEFAULT_VPC);
        }
        if (ONE_NINE_TWO.contains(existing)) {
            return List.of(TEN, ONE_SEVEN_TWO, SERVICES);
        }
        if (SERVICES.contains(existing)) {
            return List.of(TEN, ONE_SEVEN_TWO, ONE_NINE_TWO);
        }
        return List.of(TEN, ONE_SEVEN_TWO, ONE_NINE_TWO, SERVICES);
    }
}
