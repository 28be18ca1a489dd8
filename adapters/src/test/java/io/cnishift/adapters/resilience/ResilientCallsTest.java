package io.cnishift.adapters.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cnishift.adapters.FakeTime;
import io.cnishift.api.port.CallFigures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ResilientCallsTest {

    private static final Operation READ = Operation.aws("ec2", "DescribeVpcs");

    /** What the API of these tests throws. */
    private static final class ApiFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Fault.Kind kind;

        ApiFailure(Fault.Kind kind) {
            this.kind = kind;
        }
    }

    private final FakeTime time = new FakeTime();
    private final CallMetrics metrics = new CallMetrics();
    private final AtomicInteger requests = new AtomicInteger();
    private final ResilientCalls calls = calls(Limits.STANDARD);

    private ResilientCalls calls(Limits limits) {
        FaultJudge judge = (operation, failure) -> failure instanceof ApiFailure api
                ? Optional.of(new Fault(api.kind, "it failed", "do something"))
                : Optional.empty();
        return new ResilientCalls(time, judge, limits, metrics);
    }

    private Supplier<String> failing(Fault.Kind kind, int times) {
        return () -> {
            if (requests.incrementAndGet() <= times) {
                throw new ApiFailure(kind);
            }
            return "answer";
        };
    }

    @Test
    void countsACallThatSucceedsAtOnce() {
        assertThat(calls.call(READ, failing(Fault.Kind.THROTTLED, 0))).isEqualTo("answer");
        assertThat(metrics.figures())
                .containsExactly(new CallFigures("ec2:DescribeVpcs", 1, 0, 0, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void repeatsAThrottledRequestAfterGrowingWaits() {
        assertThat(calls.call(READ, failing(Fault.Kind.THROTTLED, 3))).isEqualTo("answer");
        assertThat(requests).hasValue(4);
        // 200, 400 and 800 ms, each give or take half.
        assertThat(time.passed()).isBetween(Duration.ofMillis(700), Duration.ofMillis(2100));
        assertThat(metrics.figures().get(0).retries()).isEqualTo(3);
        assertThat(metrics.requests()).isEqualTo(4);
    }

    @Test
    void endsRepeatingAfterTenSeconds() {
        CallFailure failure = catchThrowableOfType(
                CallFailure.class, () -> calls.call(READ, failing(Fault.Kind.THROTTLED, Integer.MAX_VALUE)));
        assertThat(failure.fault().kind()).isEqualTo(Fault.Kind.THROTTLED);
        assertThat(time.passed()).isBetween(Duration.ofSeconds(5), ResilientCalls.PATIENCE);
        assertThat(requests.get()).isBetween(4, 19);
        assertThat(metrics.figures().get(0).failures()).isEqualTo(1);
    }

    @Test
    void neverRepeatsWhatIsDenied() {
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.DENIED, 1)))
                .matches(failure -> failure.operation().equals(READ));
        assertThat(requests).hasValue(1);
        assertThat(time.passed()).isZero();
    }

    @Test
    void countsNotFoundAsAnAnswer() {
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.NOT_FOUND, 1)));
        assertThat(metrics.figures().get(0).failures()).isZero();
    }

    @Test
    void letsDefectsThroughAsTheyAre() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> calls.call(READ, () -> {
                    throw new IllegalStateException("a defect");
                }));
    }

    @Test
    void asksNoMoreWhenAServiceHasStoppedAnswering() {
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.UNAVAILABLE, Integer.MAX_VALUE)));
        int before = requests.get();
        CallFailure failure = catchThrowableOfType(
                CallFailure.class, () -> calls.call(READ, failing(Fault.Kind.UNAVAILABLE, Integer.MAX_VALUE)));
        assertThat(failure.fault().reason()).contains("not asked").contains("ec2");
        assertThat(requests).hasValue(before);
    }

    @Test
    void asksAgainWhenTheBreakerHasBeenOpenForAWhile() {
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.UNAVAILABLE, Integer.MAX_VALUE)));
        time.pass(Duration.ofSeconds(11));
        assertThat(calls.call(READ, () -> "back")).isEqualTo("back");
    }

    @Test
    void keepsAskingOtherServices() {
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.UNAVAILABLE, Integer.MAX_VALUE)));
        assertThat(calls.call(Operation.aws("eks", "DescribeCluster"), () -> "there"))
                .isEqualTo("there");
    }

    @Test
    void throttlingDoesNotOpenTheBreaker() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(CallFailure.class)
                    .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.THROTTLED, Integer.MAX_VALUE)));
        }
        assertThat(calls.call(READ, () -> "answer")).isEqualTo("answer");
    }

    @Test
    void waitsForThePermitsOfTheRateLimit() {
        ResilientCalls slow = calls(new Limits(Map.of("ec2", 1), 1));
        for (int i = 0; i < 9; i++) {
            slow.call(READ, () -> "answer");
        }
        assertThat(time.passed()).isPositive();
    }

    @Test
    void anInterruptEndsRepeating() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CallFailure.class)
                .isThrownBy(() -> calls.call(READ, failing(Fault.Kind.THROTTLED, Integer.MAX_VALUE)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(requests).hasValue(1);
    }
}
