package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WarmPoolTest {

    private static final String[] TYPES = {
        "t3.small", "t3.medium", "m5.large", "m5.4xlarge", "m4.large", "c5.large", "hpc6id.32xlarge"
    };

    @ParameterizedTest
    @CsvSource({
        "t3.small, 0, 1, 3", "t3.small, 5, 3, 9", "t3.small, 9, 3, 9",
        "p3dn.24xlarge, 0, 1, 49", "p3dn.24xlarge, 3, 2, 98", "p3dn.24xlarge, 95, 3, 147",
    })
    void keepsOneInterfaceWarmByDefault(String type, int pods, int enis, int ips) {
        Holding held = held(Map.of(), type, pods);
        assertThat(held).isEqualTo(new Holding(enis, ips, 0, ips - pods, ips + enis, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "t3.small, 1, 1, 0, 1, 1",
        "t3.small, 1, 1, 5, 2, 6",
        "t3.small, 1, 1, 9, 3, 9",
        "t3.small, 2, 5, 0, 2, 5",
        "t3.small, 2, 5, 5, 3, 7",
        "t3.small, 2, 5, 9, 3, 9",
        "p3dn.24xlarge, 5, 10, 0, 1, 10",
        "p3dn.24xlarge, 5, 10, 7, 1, 12",
        "p3dn.24xlarge, 5, 10, 15, 1, 20",
        "p3dn.24xlarge, 5, 10, 45, 2, 50",
    })
    void countsSingleAddressesWithTargets(String type, int warm, int minimum, int pods, int enis, int ips) {
        Holding held = held(targets(warm, minimum), type, pods);
        assertThat(held).isEqualTo(new Holding(enis, ips, 0, ips - pods, ips + enis, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "5, 1, 2", "16, 1, 2", "17, 1, 3", "58, 2, 5"})
    void keepsOnePrefixWarm(int pods, int enis, int prefixes) {
        Map<String, String> env = Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1");
        int ips = 16 * prefixes;
        assertThat(WarmPool.held(WarmPoolSettings.fromEnv(env), limits("t3.small"), pods, 110))
                .isEqualTo(new Holding(enis, ips, prefixes, ips - pods, ips + enis, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 1", "1, 1, 5, 1", "1, 1, 17, 2", "1, 1, 58, 4",
        "7, 20, 0, 2", "7, 20, 5, 2", "7, 20, 17, 2", "7, 20, 58, 5",
    })
    void roundsTargetsUpToPrefixes(int warm, int minimum, int pods, int prefixes) {
        Map<String, String> env = new HashMap<>(targets(warm, minimum));
        env.put("ENABLE_PREFIX_DELEGATION", "true");
        assertThat(WarmPool.held(WarmPoolSettings.fromEnv(env), limits("t3.small"), pods, 110)
                        .prefixes())
                .isEqualTo(prefixes);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "15, 1", "16, 2", "17, 2", "32, 3"})
    void takesTheNextPrefixWithTheLastAddressWhenNoneIsToBeWarm(int pods, int prefixes) {
        WarmPoolSettings settings = WarmPoolSettings.fromEnv(Map.of("ENABLE_PREFIX_DELEGATION", "true"));
        assertThat(WarmPool.held(settings, limits("m5.large"), pods, 110).prefixes())
                .isEqualTo(prefixes);
    }

    @Test
    void holdsFiftyAddressesOnThreeNodesWithTwoPods() {
        int taken = held(Map.of(), "c5.large", 1).total() * 2
                + held(Map.of(), "c5.large", 0).total();
        int warm = held(Map.of(), "c5.large", 1).warm() * 2
                + held(Map.of(), "c5.large", 0).warm();
        assertThat(taken).isEqualTo(50);
        assertThat(warm).isEqualTo(43);
    }

    @Test
    void holdsSixteenAddressesForTwelvePodsOfASmallSubnet() {
        assertThat(held(targets(2, 10), "m5.large", 12).subnetAddresses()).isEqualTo(16);
    }

    @Test
    void takesPodAddressesFromTheOtherSubnetWithCustomNetworking() {
        Map<String, String> env = Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true");
        assertThat(held(env, "m5.large", 0)).isEqualTo(new Holding(2, 9, 0, 9, 1, 10));
        assertThat(held(env, "m5.large", 18)).isEqualTo(new Holding(3, 18, 0, 0, 1, 20));
        assertThat(held(env, "m5.large", 99).ips()).isEqualTo(18);
        assertThat(held(env, "hpc6id.32xlarge", 5)).isEqualTo(new Holding(1, 0, 0, 0, 1, 0));
    }

    @Test
    void keepsAnInterfaceForTheTrunk() {
        Map<String, String> env = Map.of("ENABLE_POD_ENI", "true");
        assertThat(held(env, "m5.large", 27)).isEqualTo(new Holding(3, 18, 0, 0, 21, 0));
        // t3 has no trunk to attach, yet ipamd keeps the place for it.
        assertThat(held(env, "t3.medium", 17)).isEqualTo(new Holding(2, 10, 0, 0, 12, 0));
    }

    @Test
    void stopsGrowingAtMaxPods() {
        WarmPoolSettings eni = WarmPoolSettings.defaults();
        assertThat(WarmPool.held(eni, limits("m5.4xlarge"), 58, 110).enis()).isEqualTo(3);
        assertThat(WarmPool.held(eni, limits("m5.4xlarge"), 108, 110).enis()).isEqualTo(4);
        WarmPoolSettings prefixes =
                WarmPoolSettings.fromEnv(Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1"));
        assertThat(WarmPool.held(prefixes, limits("m5.large"), 108, 110).prefixes())
                .isEqualTo(7);
    }

    @Test
    void obeysMaxEni() {
        assertThat(held(Map.of("MAX_ENI", "2"), "m5.large", 20).total()).isEqualTo(20);
        assertThat(held(Map.of("MAX_ENI", "0"), "m5.large", 20).total()).isEqualTo(30);
    }

    @Test
    void staysAtTheMinimumWithoutAWarmTarget() {
        assertThat(held(Map.of("MINIMUM_IP_TARGET", "4"), "m5.large", 7)).isEqualTo(new Holding(1, 4, 0, 0, 5, 0));
    }

    @Test
    void ignoresPrefixesWhereTheTypeCannotHoldThem() {
        Map<String, String> env = Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1");
        assertThat(held(env, "m4.large", 0)).isEqualTo(new Holding(1, 9, 0, 9, 10, 0));
        assertThat(WarmPoolSettings.fromEnv(env).mode(limits("m4.large"))).isEqualTo(PodMode.SECONDARY_IP);
        assertThat(WarmPoolSettings.fromEnv(env).mode(limits("m5.metal"))).isEqualTo(PodMode.PREFIX_DELEGATION);
    }

    @Test
    void readsTheEnvironmentAsIpamdDoes() {
        assertThat(WarmPoolSettings.fromEnv(Map.of(
                        "WARM_ENI_TARGET",
                        "-1",
                        "WARM_IP_TARGET",
                        "0",
                        "MINIMUM_IP_TARGET",
                        "-3",
                        "WARM_PREFIX_TARGET",
                        "-1",
                        "MAX_ENI",
                        "0",
                        "ENABLE_PREFIX_DELEGATION",
                        "yes",
                        "ENABLE_POD_ENI",
                        "True")))
                .isEqualTo(new WarmPoolSettings(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        false,
                        OptionalInt.empty(),
                        true));
        assertThat(WarmPoolSettings.fromEnv(Map.of("WARM_ENI_TARGET", "two")).warmEni())
                .isEmpty();
        assertThat(WarmPoolSettings.fromEnv(Map.of("WARM_ENI_TARGET", "0")).warmEni())
                .hasValue(0);
        assertThat(held(Map.of("WARM_ENI_TARGET", "0"), "m5.large", 8).enis()).isEqualTo(1);
        assertThat(held(Map.of("WARM_ENI_TARGET", "0"), "m5.large", 9).enis()).isEqualTo(2);
        assertThat(held(Map.of("WARM_ENI_TARGET", "3", "WARM_IP_TARGET", "1"), "m5.large", 1)
                        .ips())
                .isEqualTo(2);
    }

    @Test
    void survivesAbsurdTargets() {
        String huge = String.valueOf(Integer.MAX_VALUE);
        for (String name : new String[] {"WARM_ENI_TARGET", "WARM_IP_TARGET", "MINIMUM_IP_TARGET"}) {
            Holding held = WarmPool.held(
                    WarmPoolSettings.fromEnv(Map.of(name, huge)),
                    limits("m5.large"),
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE);
            assertThat(held.total()).as(name).isEqualTo(30);
        }
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatThrownBy(() -> held(Map.of(), "m5.large", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WarmPool.held(WarmPoolSettings.defaults(), limits("m5.large"), 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WarmPoolSettings.defaults().inMode(PodMode.OVERLAY))
                .hasMessageContaining("mode overlay");
    }

    /** The closed form against the loop that it stands for: pods come one by one, the loop runs until it rests. */
    @Test
    void agreesWithTheLoopItStandsFor() {
        Random random = new Random(20260801);
        for (int round = 0; round < 5_000; round++) {
            InstanceLimits limits = limits(TYPES[random.nextInt(TYPES.length)]);
            WarmPoolSettings settings = randomSettings(random);
            int maxPods = 1 + random.nextInt(250);
            int pods = random.nextInt(maxPods + 1);
            IpamdLoop loop = new IpamdLoop(settings, limits, maxPods);
            loop.addPods(pods);
            Holding held = WarmPool.held(settings, limits, pods, maxPods);
            assertThat(held.ips())
                    .as("%s, %s, %d pods, max-pods %d", settings, limits, pods, maxPods)
                    .isEqualTo(loop.addresses());
            assertThat(held.total() - held.ips()).isEqualTo(held.enis());
        }
    }

    @Test
    void neverHoldsMoreThanAtItsPeak() {
        Random random = new Random(20260806);
        int passedMaxPods = 0;
        for (int round = 0; round < 5_000; round++) {
            InstanceLimits limits = limits(TYPES[random.nextInt(TYPES.length)]);
            WarmPoolSettings settings = randomSettings(random);
            int maxPods = 1 + random.nextInt(250);
            IpamdLoop loop = new IpamdLoop(settings, limits, maxPods);
            int pods = 0;
            while (pods < maxPods && random.nextInt(4) > 0) {
                int batch = 1 + random.nextInt(maxPods - pods);
                loop.addPodsAtOnce(batch);
                pods += batch;
            }
            int peak = WarmPool.peak(settings, limits, pods, maxPods).ips();
            int held = WarmPool.held(settings, limits, pods, maxPods).ips();
            assertThat(loop.addresses())
                    .as("%s, %s, %d pods, max-pods %d", settings, limits, pods, maxPods)
                    .isLessThanOrEqualTo(peak);
            assertThat(held).isLessThanOrEqualTo(peak);
            passedMaxPods += loop.addresses() > held ? 1 : 0;
        }
        assertThat(passedMaxPods).isPositive();
    }

    private static WarmPoolSettings randomSettings(Random random) {
        return new WarmPoolSettings(
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(4)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(40)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(60)),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(4)),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(4)),
                random.nextBoolean());
    }

    private static Map<String, String> targets(int warm, int minimum) {
        return Map.of("WARM_IP_TARGET", String.valueOf(warm), "MINIMUM_IP_TARGET", String.valueOf(minimum));
    }

    private static Holding held(Map<String, String> env, String type, int pods) {
        InstanceLimits limits = limits(type);
        int maxPods = MaxPods.of(limits, PodMode.SECONDARY_IP).orElseThrow();
        return WarmPool.held(WarmPoolSettings.fromEnv(env), limits, pods, maxPods);
    }

    private static InstanceLimits limits(String type) {
        return InstanceTable.embedded().find(type).orElseThrow();
    }
}
