package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterPoolTest {

    private static final Cidr POOL = Cidr.parse("10.244.0.0/16");

    @ParameterizedTest
    @CsvSource({"24, 252", "25, 124", "26, 60", "27, 28", "29, 4", "30, 0"})
    void losesFourAddressesOfEachSlice(int mask, int pods) {
        assertThat(ClusterPool.podsPerNode(mask)).isEqualTo(pods);
    }

    @ParameterizedTest
    @CsvSource({"110, 25", "250, 24", "58, 26", "29, 26", "28, 27", "17, 27", "4, 29", "1, 29", "252, 24", "253, 23"})
    void choosesTheSmallestSliceThatHoldsThePods(int maxPods, int mask) {
        assertThat(ClusterPool.maskFor(maxPods)).isEqualTo(mask);
    }

    @Test
    void countsNodes() {
        assertThat(ClusterPool.maxNodes(POOL, 24)).isEqualTo(256);
        assertThat(ClusterPool.maxNodes(POOL, 25)).isEqualTo(512);
        assertThat(ClusterPool.maxNodes(POOL, 16)).isEqualTo(1);
        assertThat(ClusterPool.maxNodes(POOL, 15)).isZero();
    }

    @Test
    void plansAPoolThatIsLargeEnough() {
        assertThat(ClusterPool.plan(POOL, 58, 1024)).isEqualTo(new ClusterPoolPlan.Fits(26, 60, 1024));
        assertThat(ClusterPool.plan(POOL, 110, 1)).isEqualTo(new ClusterPoolPlan.Fits(25, 124, 512));
    }

    @Test
    void namesThePoolThatWouldDo() {
        ClusterPoolPlan plan = ClusterPool.plan(POOL, 110, 513);
        assertThat(plan)
                .isEqualTo(new ClusterPoolPlan.TooSmall(
                        25,
                        512,
                        OptionalInt.of(15),
                        "110 pods per node need a slice of /25 (124 pods), of which 10.244.0.0/16 has 512,"
                                + " but there can be 513 nodes at one time."));
        String told = plan.fold(
                fits -> "fits", small -> "needs /" + small.smallestPool().orElseThrow());
        assertThat(told).isEqualTo("needs /15");
        assertThat(ClusterPool.plan(Cidr.parse("10.244.0.0/26"), 250, 1))
                .isInstanceOfSatisfying(ClusterPoolPlan.TooSmall.class, small -> {
                    assertThat(small.maxNodes()).isZero();
                    assertThat(small.smallestPool()).hasValue(24);
                });
        assertThat(ClusterPool.plan(POOL, 250, 5_000)
                        .<OptionalInt>fold(fits -> OptionalInt.empty(), ClusterPoolPlan.TooSmall::smallestPool))
                .hasValue(11);
        assertThat(ClusterPool.plan(POOL, 250, Integer.MAX_VALUE)
                        .<OptionalInt>fold(fits -> OptionalInt.of(0), ClusterPoolPlan.TooSmall::smallestPool))
                .isEmpty();
    }

    @Test
    void everyPoolThatIsNamedDoesAndTheNextSmallerDoesNot() {
        Random random = new Random(20260803);
        for (int round = 0; round < 500; round++) {
            int maxPods = 1 + random.nextInt(300);
            int nodes = 1 + random.nextInt(10_000);
            int smallest = ClusterPool.plan(Cidr.parse("10.0.0.0/30"), maxPods, nodes)
                    .<Integer>fold(fits -> -1, small -> small.smallestPool().orElseThrow());
            assertThat(fits(smallest, maxPods, nodes)).isTrue();
            assertThat(fits(smallest + 1, maxPods, nodes)).isFalse();
        }
    }

    @Test
    void refusesWhatIsNoPool() {
        assertThatThrownBy(() -> ClusterPool.maxNodes(Cidr.parse("fd00::/104"), 120))
                .hasMessageContaining("is IPv6");
        assertThatThrownBy(() -> ClusterPool.podsPerNode(31)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterPool.maskFor(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterPool.maskFor(Integer.MAX_VALUE)).hasMessageContaining("No slice");
        assertThatThrownBy(() -> ClusterPool.plan(POOL, 110, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean fits(int prefix, int maxPods, int nodes) {
        return ClusterPool.plan(Cidr.around("10.0.0.0", prefix), maxPods, nodes)
                .<Boolean>fold(fits -> true, small -> false);
    }
}
