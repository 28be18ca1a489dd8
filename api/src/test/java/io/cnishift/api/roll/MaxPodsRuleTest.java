package io.cnishift.api.roll;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.ClusterPool;
import io.cnishift.api.cluster.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaxPodsRuleTest {

    @ParameterizedTest
    @CsvSource({
        // type, allocatable MiB, admitted now, admitted then
        "t3.medium, 3300, 17, 58", // 110 would keep back 1,465 of 3,842 MiB
        "m5.large, 6900, 29, 110",
        "t3.small, 1450, 11, 12", // 28 would keep back 563 of 1,926 MiB
        "t3.large, 7000, 35, 110",
        "m5.4xlarge, 60000, 110, 110",
        "m5.12xlarge, 188000, 234, 250", // 48 vCPUs
        "c5.9xlarge, 68000, 234, 250",
    })
    void takesTheLargestRungThatMemoryAndSizeBear(String type, long memory, int now, int then) {
        assertThat(MaxPodsRule.of(List.of(node(type, memory, now)))).isEqualTo(then);
    }

    @Test
    void asksForNoMoreThanTheWeakestNodeBears() {
        assertThat(MaxPodsRule.of(List.of(node("m5.large", 6900, 29), node("t3.medium", 3300, 17))))
                .isEqualTo(58);
    }

    @Test
    void keepsALimitWithinTheAdviceThatIsHigherAlready() {
        // prefix delegation on a t3.medium
        assertThat(MaxPodsRule.of(List.of(node("t3.medium", 2300, 110)))).isEqualTo(110);
    }

    @Test
    void lowersALimitAboveTheAdvice() {
        assertThat(MaxPodsRule.of(List.of(node("m5.4xlarge", 60000, 234)))).isEqualTo(110);
    }

    @Test
    void takesTheProcessorsOfANodeWhoseTypeIsNotKnown() {
        assertThat(MaxPodsRule.of(List.of(node("zz9.huge", 188000, 100)))).isEqualTo(110);
    }

    @Test
    void knowsTheMemoryThatPodsCannotHave() {
        // 3,300 for pods, 442 kept back for 17 pods, 100 that must stay free
        assertThat(MaxPodsRule.memoryMiB(node("t3.medium", 3300, 17))).isEqualTo(3842);
    }

    @Test
    void everyRungNearlyFillsASlice() {
        for (int rung : MaxPodsRule.RUNGS) {
            long slice = ClusterPool.podsPerNode(ClusterPool.maskFor(rung));
            assertThat(rung).isGreaterThan((int) (slice * 0.85));
        }
    }

    private static Node node(String type, long memory, int maxPods) {
        return new Node(
                "node",
                "uid",
                "1",
                Optional.empty(),
                Map.of("node.kubernetes.io/instance-type", type),
                Map.of(),
                List.of(),
                false,
                true,
                maxPods,
                1930,
                memory,
                "6.12.1",
                "amd64",
                "Amazon Linux 2023",
                "10.0.0.1",
                Instant.EPOCH);
    }
}
