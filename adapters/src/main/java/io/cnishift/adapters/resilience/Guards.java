package io.cnishift.adapters.resilience;

import io.cnishift.api.port.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What stands between the callers and one service: its back-off, its circuit breaker and its rate limit. */
final class Guards {

    /** More than fit into {@link ResilientCalls#PATIENCE}, which is what ends the repeating. */
    private static final int ATTEMPTS = 20;

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final double GROWTH = 2.0;
    private static final double JITTER = 0.5;
    private static final int WINDOW = 10;
    private static final int LEAST_CALLS = 5;
    private static final int OPENS_AT_PERCENT = 80;
    private static final Duration STAYS_OPEN = Duration.ofSeconds(10);

    private final Retry retry;
    private final CircuitBreaker breaker;
    private final RateLimiter limiter;

    Guards(String service, int perSecond, TimeSource time) {
        retry = Retry.of(
                service,
                RetryConfig.custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_WAIT, GROWTH, JITTER, LONGEST_WAIT))
                        .build());
        breaker = CircuitBreaker.of(
                service,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, LEAST_CALLS, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(OPENS_AT_PERCENT)
                        .waitDurationInOpenState(STAYS_OPEN)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .recordException(Guards::noAnswer)
                        .clock(new TimeSourceClock(time))
                        .currentTimestampFunction(clock -> clock.millis(), TimeUnit.MILLISECONDS)
                        .build());
        limiter = RateLimiter.of(
                service,
                RateLimiterConfig.custom()
                        .limitForPeriod(perSecond)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(ResilientCalls.PATIENCE)
                        .build());
    }

    Retry retry() {
        return retry;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    RateLimiter limiter() {
        return limiter;
    }

    private static boolean noAnswer(Throwable failure) {
        return failure instanceof CallFailure call && call.is(Fault.Kind.UNAVAILABLE);
    }
}
