package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurgeTest {

    private static final WarmPoolSettings DEFAULTS = WarmPoolSettings.defaults();
    private static final InstanceLimits M5_LARGE =
            InstanceTable.embedded().find("m5.large").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "SECONDARY_IP, 29, 60, 0",
        "CUSTOM_NETWORKING, 20, 2, 40",
        "PREFIX_DELEGATION, 110, 226, 0",
        "CUSTOM_NETWORKING_PREFIX, 110, 2, 226",
        "OVERLAY, 110, 2, 0",
        "IPV6, 110, 2, 0",
    })
    void countsWhatTwoFullNodesTake(PodMode mode, int maxPods, int nodeSubnet, int podSubnet) {
        assertThat(Surge.headroom(2, mode, DEFAULTS, M5_LARGE, maxPods))
                .isEqualTo(new Surge.Headroom(nodeSubnet, podSubnet))
                .extracting(Surge.Headroom::total)
                .isEqualTo(nodeSubnet + podSubnet);
    }

    @Test
    void needsLessWithTargets() {
        WarmPoolSettings settings =
                WarmPoolSettings.fromEnv(Map.of("WARM_IP_TARGET", "2", "MINIMUM_IP_TARGET", "10", "MAX_ENI", "2"));
        assertThat(Surge.perNode(PodMode.SECONDARY_IP, settings, M5_LARGE, 12).total())
                .isEqualTo(16);
    }

    @Test
    void neverCountsMorePodsThanAddresses() {
        Holding full = Surge.perNode(PodMode.SECONDARY_IP, DEFAULTS, M5_LARGE, 250);
        assertThat(full.total()).isEqualTo(30);
        assertThat(full.warm()).isZero();
    }

    @Test
    void leavesRoomForPodsThatComeAllAtOnce() {
        WarmPoolSettings settings = WarmPoolSettings.fromEnv(Map.of("WARM_PREFIX_TARGET", "4"));
        assertThat(Surge.perNode(PodMode.PREFIX_DELEGATION, settings, M5_LARGE, 110)
                        .prefixes())
                .isEqualTo(11);
    }

    @Test
    void refusesANegativeNumberOfNodes() {
        assertThatThrownBy(() -> Surge.headroom(-1, PodMode.OVERLAY, DEFAULTS, M5_LARGE, 110))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"17, 442", "58, 893", "110, 1465", "250, 3005"})
    void reservesMemoryForEveryPodThatMayCome(int maxPods, int mebibytes) {
        assertThat(KubeReserved.memoryMiB(maxPods)).isEqualTo(mebibytes);
    }

    @Test
    void reservesNothingForANodeWithoutPods() {
        assertThatThrownBy(() -> KubeReserved.memoryMiB(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
