package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecondaryCidrsTest {

    @ParameterizedTest
    @CsvSource({
        "10.5.0.0/16, 10.6.0.0/16, true",
        "10.5.0.0/16, 10.0.0.0/16, true",
        "10.5.0.0/16, 172.20.0.0/16, false",
        "10.5.0.0/16, 192.168.0.0/24, false",
        "10.5.0.0/16, 198.19.0.0/16, false",
        "10.5.0.0/16, 100.64.0.0/16, true",
        "10.5.0.0/16, 203.0.112.0/20, true",
        "10.1.0.0/16, 10.0.0.0/16, false",
        "10.1.0.0/16, 10.0.32.0/20, false",
        "10.1.0.0/16, 10.2.0.0/16, true",
        "172.31.0.0/16, 172.30.0.0/16, true",
        "172.20.0.0/16, 172.31.0.0/20, false",
        "172.20.0.0/16, 10.2.0.0/16, false",
        "172.20.0.0/16, 192.168.0.0/16, false",
        "172.20.0.0/16, 198.19.0.0/20, false",
        "192.168.0.0/20, 192.168.16.0/20, true",
        "192.168.0.0/20, 10.0.0.0/16, false",
        "192.168.0.0/20, 172.16.0.0/16, false",
        "192.168.0.0/20, 198.19.0.0/20, false",
        "198.19.0.0/20, 10.0.0.0/16, false",
        "198.19.0.0/20, 198.19.16.0/20, true",
        "203.0.112.0/20, 10.0.0.0/16, false",
        "203.0.112.0/20, 198.19.0.0/20, false",
        "203.0.112.0/20, 100.64.0.0/16, true",
        "100.64.0.0/16, 10.0.0.0/16, false",
        "100.64.0.0/16, 100.65.0.0/16, true",
    })
    void followsTheTableOfRestrictions(String existing, String block, boolean permitted) {
        Optional<String> refusal = SecondaryCidrs.refusal(Cidr.parse(block), cidrs(existing));
        assertThat(refusal.isEmpty()).isEqualTo(permitted);
        refusal.ifPresent(
                reason -> assertThat(reason).contains(existing).contains(block).contains("100.64.0.0/10"));
    }

    @Test
    void refusesSizesThatAwsDoesNotHave() {
        List<Cidr> vpc = cidrs("10.5.0.0/16");
        assertThat(SecondaryCidrs.refusal(Cidr.parse("100.64.0.0/10"), vpc))
                .hasValueSatisfying(reason -> assertThat(reason).contains("from /16 to /28"));
        assertThat(SecondaryCidrs.refusal(Cidr.parse("100.64.0.0/29"), vpc)).isPresent();
        assertThat(SecondaryCidrs.refusal(Cidr.parse("2001:db0::/28"), vpc)).isPresent();
    }

    @Test
    void refusesOverlapsAndLinkLocal() {
        List<Cidr> vpc = cidrs("10.5.0.0/16", "100.64.0.0/16");
        assertThat(SecondaryCidrs.refusal(Cidr.parse("100.64.128.0/20"), vpc))
                .contains("The block 100.64.128.0/20 overlaps 100.64.0.0/16, which the VPC has.");
        assertThat(SecondaryCidrs.refusal(Cidr.parse("169.254.16.0/20"), vpc)).isPresent();
        assertThat(SecondaryCidrs.refusal(Cidr.parse("100.65.0.0/16"), vpc, cidrs("0.0.0.0/0", "100.65.1.0/24")))
                .contains("The block 100.65.0.0/16 overlaps 100.65.1.0/24, which is reached by another way.");
        assertThat(SecondaryCidrs.refusal(Cidr.parse("100.65.0.0/16"), vpc, cidrs("0.0.0.0/0")))
                .isEmpty();
    }

    @Test
    void suggestsSharedAddressSpaceFirst() {
        assertThat(SecondaryCidrs.suggest(cidrs("10.0.0.0/16"), List.of(), 16)).contains(Cidr.parse("100.64.0.0/16"));
        assertThat(SecondaryCidrs.suggest(
                        cidrs("10.0.0.0/16", "100.64.0.0/16"), cidrs("0.0.0.0/0", "100.65.3.0/24"), 16))
                .contains(Cidr.parse("100.66.0.0/16"));
        assertThat(SecondaryCidrs.suggest(cidrs("10.0.0.0/16"), cidrs("100.64.0.0/11", "100.96.0.8/29"), 28))
                .contains(Cidr.parse("100.96.0.16/28"));
    }

    @Test
    void fallsBackToThePrivateRangeOfTheVpc() {
        List<Cidr> used = cidrs("100.64.0.0/10");
        assertThat(SecondaryCidrs.suggest(cidrs("10.1.0.0/16"), used, 16)).contains(Cidr.parse("10.2.0.0/16"));
        assertThat(SecondaryCidrs.suggest(cidrs("172.16.0.0/16"), used, 16)).contains(Cidr.parse("172.18.0.0/16"));
        assertThat(SecondaryCidrs.suggest(cidrs("192.168.0.0/17"), used, 17)).contains(Cidr.parse("192.168.128.0/17"));
    }

    @Test
    void suggestsNothingWhereNothingIsLeft() {
        assertThat(SecondaryCidrs.suggest(cidrs("192.168.0.0/16"), cidrs("100.64.0.0/10"), 28))
                .isEmpty();
        assertThat(SecondaryCidrs.suggest(cidrs("10.1.0.0/16"), cidrs("64.0.0.0/2", "0.0.0.0/2"), 16))
                .isEmpty();
        assertThatThrownBy(() -> SecondaryCidrs.suggest(cidrs("10.1.0.0/16"), List.of(), 12))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverSuggestsWhatItWouldRefuse() {
        Random random = new Random(20260805);
        String[] vpcs = {
            "10.0.0.0/16", "10.1.0.0/20", "172.31.0.0/16", "192.168.0.0/18", "198.19.0.0/16", "203.0.112.0/20"
        };
        int found = 0;
        for (int round = 0; round < 500; round++) {
            List<Cidr> vpc = cidrs(vpcs[random.nextInt(vpcs.length)]);
            List<Cidr> used = Stream.generate(() -> used(random))
                    .limit(1 + random.nextInt(8))
                    .toList();
            int prefix = 16 + random.nextInt(13);
            Optional<Cidr> suggestion = SecondaryCidrs.suggest(vpc, used, prefix);
            suggestion.ifPresent(block -> assertThat(SecondaryCidrs.refusal(block, vpc, used))
                    .as("%s for %s beside %s", block, vpc, used)
                    .isEmpty());
            found += suggestion.isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(300);
    }

    private static Cidr used(Random random) {
        String address = random.nextBoolean()
                ? "100." + (64 + random.nextInt(64)) + "." + random.nextInt(256) + ".0"
                : "10." + random.nextInt(256) + ".0.0";
        return Cidr.around(address, 9 + random.nextInt(18));
    }

    private static List<Cidr> cidrs(String... blocks) {
        return Arrays.stream(blocks).map(Cidr::parse).toList();
    }
}
