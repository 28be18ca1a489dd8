package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WarmIpsTest {

    @Test
    void freesAllButOneAddressAndTheInterfacesThatNoPodCanBeOn() {
        // Held: 3 interfaces full, 30 addresses. Least: 13 for pods on 2 interfaces, 15. Twelve pods may sit on all
        // three.
        assertThat(reclaim(Map.of(), 12)).isEqualTo(new WarmIps.Reclaim(14, 15));
        // Held: 1 interface, 10. Least: 1 warm address on it, 2.
        assertThat(reclaim(Map.of(), 0)).isEqualTo(new WarmIps.Reclaim(8, 8));
        // One pod on one of 2 interfaces: 2 addresses stay, and the second interface if the pod is on it.
        assertThat(reclaim(Map.of(), 1)).isEqualTo(new WarmIps.Reclaim(16, 17));
    }

    @Test
    void freesNothingWhereTargetsAreLowAlready() {
        assertThat(reclaim(Map.of("WARM_IP_TARGET", "1"), 12)).isEqualTo(new WarmIps.Reclaim(0, 0));
        assertThat(reclaim(Map.of("MINIMUM_IP_TARGET", "3"), 12)).isEqualTo(new WarmIps.Reclaim(0, 0));
        assertThat(reclaim(Map.of("WARM_IP_TARGET", "2", "MINIMUM_IP_TARGET", "10"), 12))
                .isEqualTo(new WarmIps.Reclaim(1, 1));
    }

    @Test
    void freesOnlyPrefixesThatAreWhollyFree() {
        Map<String, String> env = Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "4");
        // 6 prefixes held for 20 pods, 2 are enough when packed; spread out, each of the 6 has one.
        assertThat(reclaim(env, 20)).isEqualTo(new WarmIps.Reclaim(0, 64));
        assertThat(reclaim(env, 3)).isEqualTo(new WarmIps.Reclaim(32, 64));
    }

    @Test
    void countsBothSubnetsWithCustomNetworking() {
        Map<String, String> env = Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true");
        // 2 interfaces for pods held, 18 + 2; least 4 + 1 on one of them.
        assertThat(reclaim(env, 3)).isEqualTo(new WarmIps.Reclaim(14, 15));
    }

    @Test
    void keepsTheTrunk() {
        assertThat(reclaim(Map.of("ENABLE_POD_ENI", "true"), 1)).isEqualTo(new WarmIps.Reclaim(16, 17));
    }

    @Test
    void lowersToTheLeastThatIsSupported() {
        WarmPoolSettings lowered = WarmIps.lowered(
                WarmPoolSettings.fromEnv(Map.of("MINIMUM_IP_TARGET", "20", "WARM_ENI_TARGET", "2", "MAX_ENI", "2")));
        assertThat(lowered.warmIp()).hasValue(1);
        assertThat(lowered.minimumIp()).isEmpty();
        assertThat(lowered.warmEni()).isEqualTo(OptionalInt.of(2));
        assertThat(lowered.maxEni()).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void neverAssuresMoreThanTheNodeHoldsWarm() {
        Random random = new Random(20260804);
        for (int round = 0; round < 1_000; round++) {
            WarmPoolSettings settings = new WarmPoolSettings(
                    OptionalInt.of(random.nextInt(3)),
                    OptionalInt.of(random.nextInt(12)),
                    OptionalInt.of(random.nextInt(20)),
                    OptionalInt.of(random.nextInt(3)),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    OptionalInt.empty(),
                    random.nextBoolean());
            int pods = random.nextInt(28);
            WarmIps.Reclaim reclaim = WarmIps.reclaimable(settings, m5Large(), pods, 29);
            Holding held = WarmPool.held(settings, m5Large(), pods, 29);
            assertThat(reclaim.assured()).isBetween(0, reclaim.atBest());
            assertThat(reclaim.atBest()).isLessThanOrEqualTo(held.warm() + held.enis() - 1);
        }
    }

    @Test
    void refusesContradictions() {
        assertThatThrownBy(() -> new WarmIps.Reclaim(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static WarmIps.Reclaim reclaim(Map<String, String> env, int pods) {
        return WarmIps.reclaimable(WarmPoolSettings.fromEnv(env), m5Large(), pods, 110);
    }

    private static InstanceLimits m5Large() {
        return InstanceTable.embedded().find("m5.large").orElseThrow();
    }
}
