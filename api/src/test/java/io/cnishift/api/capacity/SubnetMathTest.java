package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubnetMathTest {

    @ParameterizedTest
    @CsvSource({"28, 11", "27, 27", "26, 59", "24, 251", "20, 4091", "16, 65531", "30, 0"})
    void keepsFiveAddressesOfEachSubnet(int prefix, int usable) {
        assertThat(SubnetMath.usable(prefix)).isEqualTo(usable);
        assertThat(SubnetMath.usable(Cidr.around("10.1.0.0", prefix))).isEqualTo(usable);
    }

    @Test
    void countsIpv4Only() {
        assertThatThrownBy(() -> SubnetMath.usable(Cidr.parse("2001:db8::/64"))).hasMessageContaining("is IPv6");
        assertThatThrownBy(() -> SubnetMath.freePrefixBlocks(Cidr.parse("2001:db8::/64"), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowsSixteenToTwentyEight() {
        assertThat(SubnetMath.allowedSize(15)).isFalse();
        assertThat(SubnetMath.allowedSize(16)).isTrue();
        assertThat(SubnetMath.allowedSize(28)).isTrue();
        assertThat(SubnetMath.allowedSize(29)).isFalse();
    }

    @Test
    void findsTheSmallestSubnetThatIsLargeEnough() {
        assertThat(SubnetMath.smallestPrefixFor(11)).hasValue(28);
        assertThat(SubnetMath.smallestPrefixFor(12)).hasValue(27);
        assertThat(SubnetMath.smallestPrefixFor(65531)).hasValue(16);
        assertThat(SubnetMath.smallestPrefixFor(65532)).isEmpty();
    }

    @Test
    void losesTheFirstAndTheLastBlockToReservedAddresses() {
        assertThat(free("10.0.0.0/24", List.of(), List.of())).isEqualTo(14);
        assertThat(free("10.0.0.0/26", List.of(), List.of())).isEqualTo(2);
        assertThat(free("10.0.0.0/27", List.of(), List.of())).isZero();
        assertThat(free("10.0.0.0/28", List.of(), List.of())).isZero();
        assertThat(free("10.0.0.0/29", List.of(), List.of())).isZero();
    }

    @Test
    void losesABlockToOneAddressInIt() {
        assertThat(free("10.0.0.0/24", List.of("10.0.0.16"), List.of())).isEqualTo(13);
        assertThat(free("10.0.0.0/24", List.of("10.0.0.16", "10.0.0.31"), List.of()))
                .isEqualTo(13);
        assertThat(free("10.0.0.0/24", List.of("10.0.0.31", "10.0.0.32"), List.of()))
                .isEqualTo(12);
        assertThat(free("10.0.0.0/24", List.of("10.0.0.5", "10.9.0.16", "2001:db8::1"), List.of()))
                .isEqualTo(14);
    }

    @Test
    void losesBlocksToPrefixesAndReservations() {
        assertThat(free("10.0.0.0/24", List.of(), List.of("10.0.0.32/28"))).isEqualTo(13);
        assertThat(free("10.0.0.0/24", List.of("10.0.0.33"), List.of("10.0.0.32/28", "10.0.0.128/26")))
                .isEqualTo(9);
        assertThat(free("10.0.0.0/24", List.of(), List.of("10.0.0.40/30"))).isEqualTo(13);
        assertThat(free("10.0.0.0/24", List.of(), List.of("10.0.0.0/16"))).isZero();
        assertThat(free("10.0.0.0/24", List.of(), List.of("10.0.1.0/24"))).isEqualTo(14);
    }

    @Test
    void canBeWithoutAnyBlockThoughMostAddressesAreFree() {
        Cidr subnet = Cidr.parse("10.0.0.0/20");
        List<String> oneInEachBlock =
                subnet.split(28).stream().map(block -> block.address(7)).toList();
        assertThat(oneInEachBlock).hasSize(256);
        assertThat(SubnetMath.freePrefixBlocks(subnet, oneInEachBlock, List.of()))
                .isZero();
    }

    @Test
    void agreesWithLookingAtEveryAddress() {
        Random random = new Random(20260802);
        for (int round = 0; round < 200; round++) {
            Cidr subnet = Cidr.around("10.0." + random.nextInt(256) + ".0", 22 + random.nextInt(7));
            Set<Long> used = new HashSet<>(List.of(0L, 1L, 2L, 3L, subnet.size() - 1));
            List<String> addresses = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                long offset = random.nextLong(subnet.size());
                used.add(offset);
                addresses.add(subnet.address(offset));
            }
            int expected = 0;
            for (long block = 0; block < subnet.size() / 16; block++) {
                long start = block * 16;
                expected += used.stream().noneMatch(offset -> offset >= start && offset < start + 16) ? 1 : 0;
            }
            assertThat(SubnetMath.freePrefixBlocks(subnet, addresses, List.of()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void freeBlocksAreAFewAlignedRanges() {
        Cidr subnet = Cidr.parse("10.0.0.0/24");
        assertThat(SubnetMath.freePrefixRanges(subnet, List.of("10.0.0.40", "10.0.0.200"), List.of()))
                .extracting(Cidr::toString)
                .containsExactly(
                        "10.0.0.16/28",
                        "10.0.0.48/28",
                        "10.0.0.64/26",
                        "10.0.0.128/26",
                        "10.0.0.208/28",
                        "10.0.0.224/28");
        assertThat(SubnetMath.freePrefixRanges(Cidr.parse("10.0.0.0/28"), List.of(), List.of()))
                .isEmpty();
    }

    @Test
    void rangesHoldEveryFreeBlockAndNothingElse() {
        Random random = new Random(20261128);
        for (int round = 0; round < 200; round++) {
            Cidr subnet = Cidr.around("10.0." + random.nextInt(256) + ".0", 22 + random.nextInt(7));
            List<String> used = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                used.add(subnet.address(random.nextLong(subnet.size())));
            }
            List<Cidr> ranges = SubnetMath.freePrefixRanges(subnet, used, List.of());
            assertThat(ranges.stream().mapToLong(r -> r.size() / 16).sum())
                    .isEqualTo(SubnetMath.freePrefixBlocks(subnet, used, List.of()));
            assertThat(ranges).allMatch(r -> used.stream().noneMatch(r::contains));
        }
    }

    private static int free(String subnet, List<String> addresses, List<String> prefixes) {
        return SubnetMath.freePrefixBlocks(
                Cidr.parse(subnet),
                addresses,
                prefixes.stream().map(Cidr::parse).toList());
    }
}
