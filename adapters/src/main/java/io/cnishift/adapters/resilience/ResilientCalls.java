package io.cnishift.adapters.resilience;

import io.cnishift.api.port.TimeSource;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one decorator around requests: {@code Retry(CircuitBreaker(RateLimiter(request)))}.
 *
 * <ol>
 *   <li>Each attempt takes a permit of the service's rate limit, and waits for it if need be.
 *   <li>Each attempt is counted by the service's circuit breaker. Only missing answers open it: a service that throttles or
 *       denies is there. While it is open, requests fail at once.
 *   <li>Throttling, server errors and broken connections are repeated with jittered exponential back-off; an open breaker,
 *       a denial and every other refusal end it.
 *   <li>It is over {@link #PATIENCE} after the first attempt began; waiting longer is for the caller to decide.
 * </ol>
 *
 * <p>It sits at the request and not around a port, because one read of a port is hundreds of requests and must not start
 * over when one of them is throttled. The clients' own retries are switched off, so this is the only layer. What is given to
 * {@link #call} may be sent twice: a read, or a write that is the same twice. Any other write goes through {@link #once}.
 *
 * <p>Resilience4j decides (how often, how long, whether at all); the waiting itself is left to the {@link TimeSource}, since
 * its own blocking decorators sleep through a static function that tests in parallel would share.
 */
public final class ResilientCalls implements Calls {

    /** How long one request is repeated. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ResilientCalls.class);

    private final TimeSource time;
    private final FaultJudge judge;
    private final Limits limits;
    private final CallMetrics metrics;
    private final Map<String, Guards> guards = new ConcurrentHashMap<>();

    public ResilientCalls(TimeSource time, FaultJudge judge, Limits limits, CallMetrics metrics) {
        this.time = Objects.requireNonNull(time);
        this.judge = Objects.requireNonNull(judge);
        this.limits = Objects.requireNonNull(limits);
        this.metrics = Objects.requireNonNull(metrics);
    }

    @Override
    public <T> T call(Operation operation, Supplier<T> request) {
        Guards service = guards(operation);
        Instant end = time.now().plus(PATIENCE);
        Retry.AsyncContext<T> attempts = service.retry().asyncContext();
        metrics.began(operation);
        while (true) {
            try {
                T answer = attempt(service, operation, request);
                attempts.onComplete();
                return answer;
            } catch (CallFailure failure) {
                long millis = failure.fault().passing() && mayBeRepeated(failure) ? attempts.onError(failure) : -1;
                Instant next = time.now().plusMillis(Math.max(millis, 0));
                if (millis < 0 || next.isAfter(end) || !waited(next)) {
                    metrics.ended(failure);
                    throw failure;
                }
                LOG.debug(
                        "{} again after {} ms: {}",
                        operation,
                        millis,
                        failure.fault().kind());
                metrics.repeats(operation);
            }
        }
    }

    /** Makes one request that is never sent again, whatever comes of it. */
    public <T> T once(Operation operation, Supplier<T> request) {
        metrics.began(operation);
        try {
            return attempt(guards(operation), operation, request);
        } catch (CallFailure failure) {
            metrics.ended(failure);
            throw failure;
        }
    }

    private Guards guards(Operation operation) {
        return guards.computeIfAbsent(operation.service(), name -> new Guards(name, limits.of(name), time));
    }

    private <T> T attempt(Guards service, Operation operation, Supplier<T> request) {
        try {
            return CircuitBreaker.decorateSupplier(service.breaker(), () -> limited(service, operation, request))
                    .get();
        } catch (CallNotPermittedException e) {
            throw new CallFailure(operation, notAsked(operation), e);
        }
    }

    private <T> T limited(Guards service, Operation operation, Supplier<T> request) {
        long nanos = service.limiter().reservePermission();
        if (nanos < 0 || (nanos > 0 && !waited(time.now().plusNanos(nanos)))) {
            RequestNotPermitted refused = RequestNotPermitted.createRequestNotPermitted(service.limiter());
            throw new CallFailure(operation, busy(operation), refused);
        }
        Instant began = time.now();
        try {
            return request.get();
        } catch (CallFailure e) {
            throw e;
        } catch (RuntimeException e) {
            Optional<Fault> fault = judge.judge(operation, e);
            throw fault.<RuntimeException>map(f -> new CallFailure(operation, f, e))
                    .orElse(e);
        } finally {
            metrics.attempted(operation, Duration.between(began, time.now()));
        }
    }

    // An open breaker answers at once and for a while; asking it again would only burn the time that is left.
    private static boolean mayBeRepeated(CallFailure failure) {
        return !(failure.getCause() instanceof CallNotPermittedException);
    }

    /** Waits until then; false when the thread was interrupted, which ends all repeating. */
    private boolean waited(Instant until) {
        while (time.now().isBefore(until)) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            time.await(until);
        }
        return !Thread.currentThread().isInterrupted();
    }

    private static Fault notAsked(Operation operation) {
        return new Fault(
                Fault.Kind.UNAVAILABLE,
                "not asked, for the last requests to " + operation.service() + " got no answer",
                "check network, proxy and endpoint, then run it again");
    }

    private static Fault busy(Operation operation) {
        return new Fault(
                Fault.Kind.THROTTLED,
                "not asked, for cnishift's own limit of requests to " + operation.service() + " was used up",
                "run it again");
    }
}
