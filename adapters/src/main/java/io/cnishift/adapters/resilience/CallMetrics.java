package io.cnishift.adapters.resilience;

import io.cnishift.api.port.CallFigures;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts requests by operation. Safe for use by several threads. */
public final class CallMetrics {

    private final Map<String, CallFigures> byOperation = new TreeMap<>();

    /** The figures so far, by operation. */
    public synchronized List<CallFigures> figures() {
        return byOperation.values().stream().map(CallMetrics::rounded).toList();
    }

    /** How often an operation was asked for, repeats left out. */
    public synchronized long calls(String operation) {
        return byOperation.containsKey(operation) ? byOperation.get(operation).calls() : 0;
    }

    /** All requests that went over the network so far, repeats included. */
    public synchronized long requests() {
        return byOperation.values().stream()
                .mapToLong(s -> s.calls() + s.retries())
                .sum();
    }

    void began(Operation operation) {
        add(operation, 1, 0, 0, Duration.ZERO);
    }

    void attempted(Operation operation, Duration took) {
        add(operation, 0, 0, 0, took);
    }

    void repeats(Operation operation) {
        add(operation, 0, 1, 0, Duration.ZERO);
    }

    /** Not found is an answer like any other; all else is a failure. */
    void ended(CallFailure failure) {
        add(failure.operation(), 0, 0, failure.is(Fault.Kind.NOT_FOUND) ? 0 : 1, Duration.ZERO);
    }

    private synchronized void add(Operation operation, int calls, int retries, int failures, Duration took) {
        CallFigures more = new CallFigures(operation.name(), calls, retries, failures, took, took);
        byOperation.merge(operation.name(), more, CallMetrics::sum);
    }

    /** To milliseconds: a request that goes over a network is not known better. */
    private static CallFigures rounded(CallFigures of) {
        return new CallFigures(
                of.operation(),
                of.calls(),
                of.retries(),
                of.failures(),
                of.totalSeconds().truncatedTo(ChronoUnit.MILLIS),
                of.longestSeconds().truncatedTo(ChronoUnit.MILLIS));
    }

    private static CallFigures sum(CallFigures a, CallFigures b) {
        return new CallFigures(
                a.operation(),
                a.calls() + b.calls(),
                a.retries() + b.retries(),
                a.failures() + b.failures(),
                a.totalSeconds().plus(b.totalSeconds()),
                a.longestSeconds().compareTo(b.longestSeconds()) >= 0 ? a.longestSeconds() : b.longestSeconds());
    }
}
