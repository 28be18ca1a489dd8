package io.cnishift.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.port.CallFigures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallLinesTest {

    @Test
    void saysHowOftenAndHowLong() {
        assertThat(CallLines.of(List.of(
                        new CallFigures("list pods", 3, 0, 0, Duration.ofMillis(300), Duration.ofMillis(140)),
                        new CallFigures("ec2:DescribeVpcs", 1, 2, 1, Duration.ofMillis(91), Duration.ofMillis(60)))))
                .containsExactly(
                        "list pods: 3 calls, 100 ms on average, 140 ms at most",
                        "ec2:DescribeVpcs: 1 call, 2 repeats, 1 failed, 30 ms on average, 60 ms at most");
    }
}
