package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "100.64.0.0/10", "192.168.255.255/32", "::/0", "2001:db8::/56"})
    void printsWhatItRead(String text) {
        assertThat(Cidr.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:0DB8:0:0:0:0:0:0/32, 2001:db8::/32",
        "2001:db8:0:0:1:0:0:0/80, 2001:db8:0:0:1::/80",
        "2001:0:0:1:0:0:0:0/64, 2001:0:0:1::/64",
        "fd00::ac:00/118, fd00::ac:0/118",
        "1:0:2:3:4:5:6:7/128, 1:0:2:3:4:5:6:7/128",
        "1:2:3:4:5:6:7::/128, 1:2:3:4:5:6:7:0/128",
        "::1/128, ::1/128",
    })
    void writesIpv6InItsShortestForm(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0/16",
                "10.0.0.256/32",
                "10.0.0.01/32",
                "10.0.0.-1/32",
                "a.b.c.d/8",
                "/8",
                "1:2:3/64",
                "1::2::3/64",
                "1:2:3:4:5:6:7:8:9/64",
                "12345::/16",
                "g::/16",
                ":::/16",
                "1:2:3:4:5:6:7:8::/128"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not an IP address or block")
                .hasMessageContaining("such as 10.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/016", "10.0.0.0/9999999999"})
    void refusesAPrefixOutOfRange(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' has no valid prefix length: write a number from 0 to 32")
                .hasMessageContaining("such as 10.0.0.0/16");
    }

    @Test
    void refusesAnAddressWithoutPrefix() {
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no prefix length");
    }

    @Test
    void namesTheBlockThatWasProbablyMeant() {
        assertThatThrownBy(() -> Cidr.parse("10.0.17.5/20"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'10.0.17.5/20' is an address inside a block, not a block: the block is 10.0.16.0/20,"
                        + " or write 10.0.17.5/32 for the one address.");
        assertThatThrownBy(() -> Cidr.parse("2001:db8::1/64")).hasMessageContaining("the block is 2001:db8::/64");
    }

    @Test
    void countsAddresses() {
        assertThat(Cidr.parse("10.0.0.0/26").size()).isEqualTo(64);
        assertThat(Cidr.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThat(Cidr.parse("10.0.0.1/32").size()).isEqualTo(1);
        assertThat(Cidr.parse("fd00::ac:0/118").size()).isEqualTo(1024);
        assertThatThrownBy(() -> Cidr.parse("::/0").size()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsItsFirstAndLastAddressAndNoNeighbour() {
        Cidr block = Cidr.parse("172.31.16.0/20");
        assertThat(block.contains("172.31.16.0")).isTrue();
        assertThat(block.contains("172.31.31.255")).isTrue();
        assertThat(block.contains("172.31.15.255")).isFalse();
        assertThat(block.contains("172.31.32.0")).isFalse();
        assertThat(block.contains("::1")).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains("255.255.255.255")).isTrue();
        assertThat(Cidr.parse("::/0").contains("10.0.0.1")).isFalse();
        assertThatThrownBy(() -> block.contains("172.31.16")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsIpv6BlocksOnBothSidesOfTheHalf() {
        Cidr node = Cidr.parse("2001:db8:0:1:5::/80");
        assertThat(node.contains("2001:db8:0:1:5:ffff:ffff:ffff")).isTrue();
        assertThat(node.contains("2001:db8:0:1:6::")).isFalse();
        assertThat(Cidr.parse("2001:db8::/56").contains(node)).isTrue();
        assertThat(Cidr.parse("2001:db8:0:100::/56").overlaps(node)).isFalse();
        assertThat(Cidr.parse("8000::/1").contains("ffff::")).isTrue();
    }

    @Test
    void hundredSixtyFourIsSixtyFourBlocksOfSixteen() {
        List<Cidr> blocks = Cidr.parse("100.64.0.0/10").split(16);
        assertThat(blocks).hasSize(64).first().hasToString("100.64.0.0/16");
        assertThat(blocks).last().hasToString("100.127.0.0/16");
    }

    @Test
    void splitsIpv6() {
        assertThat(Cidr.parse("2001:db8::/56").nth(64, 255)).hasToString("2001:db8:0:ff::/64");
        assertThat(Cidr.parse("2001:db8::/64").nth(80, 65535)).hasToString("2001:db8:0:0:ffff::/80");
        assertThat(Cidr.parse("2001:db8::/60").nth(68, 255)).hasToString("2001:db8:0:f:f000::/68");
    }

    @Test
    void refusesBlocksThatItDoesNotHave() {
        Cidr block = Cidr.parse("10.0.0.0/16");
        assertThatThrownBy(() -> block.nth(24, 256)).hasMessageContaining("has no /24 number 256");
        assertThatThrownBy(() -> block.nth(8, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.nth(33, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.split(8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cidr.parse("0.0.0.0/0").split(32)).hasMessageContaining("give /0 to /30");
    }

    @Test
    void numbersItsAddresses() {
        Cidr block = Cidr.parse("10.0.0.64/26");
        assertThat(block.address(63)).isEqualTo("10.0.0.127");
        assertThat(block.offsetOf("10.0.0.127")).isEqualTo(63);
        assertThatThrownBy(() -> block.address(64)).hasMessageContaining("has no address number 64");
        assertThatThrownBy(() -> block.address(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> block.offsetOf("10.0.0.63")).hasMessageContaining("is not in 10.0.0.64/26");
    }

    @Test
    void findsTheBlockAroundAnAddress() {
        assertThat(Cidr.around("10.0.0.77", 28)).hasToString("10.0.0.64/28");
        assertThat(Cidr.around("2001:db8::5", 80)).hasToString("2001:db8::/80");
    }

    @Test
    void sortsByAddressThenLargestFirst() {
        List<Cidr> blocks = new ArrayList<>(List.of(
                Cidr.parse("::/0"), Cidr.parse("192.168.0.0/16"), Cidr.parse("10.0.0.0/16"), Cidr.parse("10.0.0.0/8")));
        blocks.sort(null);
        assertThat(blocks)
                .extracting(Cidr::toString)
                .containsExactly("10.0.0.0/8", "10.0.0.0/16", "192.168.0.0/16", "::/0");
    }

    @Test
    void everySplitCoversTheWholeWithoutOverlap() {
        Random random = new Random(20260729);
        for (int round = 0; round < 200; round++) {
            Cidr whole = random(random, 8 + random.nextInt(20));
            int prefix = Math.min(32, whole.prefix() + random.nextInt(7));
            List<Cidr> parts = whole.split(prefix);
            assertThat(parts.stream().mapToLong(Cidr::size).sum()).isEqualTo(whole.size());
            long offset = 0;
            for (Cidr part : parts) {
                assertThat(whole.contains(part)).isTrue();
                assertThat(whole.offsetOf(part.network())).isEqualTo(offset);
                offset += part.size();
            }
        }
    }

    @Test
    void containsAndOverlapsAgreeWithTheFirstAndLastAddress() {
        Random random = new Random(20260730);
        int overlapping = 0;
        for (int round = 0; round < 2_000; round++) {
            Cidr left = Cidr.around("10.0.0." + random.nextInt(256), 24 + random.nextInt(9));
            Cidr right = Cidr.around("10.0.0." + random.nextInt(256), 24 + random.nextInt(9));
            String first = right.address(0);
            String last = right.address(right.size() - 1);
            assertThat(left.contains(right)).isEqualTo(left.contains(first) && left.contains(last));
            boolean shared = left.contains(first) || right.contains(left.network());
            assertThat(left.overlaps(right)).isEqualTo(shared).isEqualTo(right.overlaps(left));
            overlapping += shared ? 1 : 0;
        }
        assertThat(overlapping).isBetween(100, 1_900);
    }

    @Test
    void readsBackWhatItPrints() {
        Random random = new Random(20260731);
        for (int round = 0; round < 500; round++) {
            Cidr block = random(random, random.nextInt(33));
            assertThat(Cidr.parse(block.toString())).isEqualTo(block).hasSameHashCodeAs(block);
            Cidr part = Cidr.parse("fd00::/8").nth(8 + random.nextInt(56), 0);
            Cidr deep = part.nth(Math.min(128, part.prefix() + 40), random.nextLong(1L << 40));
            assertThat(Cidr.parse(deep.toString())).isEqualTo(deep);
            assertThat(part.contains(deep)).isTrue();
        }
    }

    private static Cidr random(Random random, int prefix) {
        return Cidr.parse("0.0.0.0/0").nth(prefix, random.nextLong(1L << prefix));
    }
}
