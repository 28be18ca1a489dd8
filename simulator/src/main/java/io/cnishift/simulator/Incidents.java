package io.cnishift.simulator;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What went wrong in the world: seen by nobody in a real cluster but by its users. One per code and subject. */
public final class Incidents {
    private static final String REFERENCE = "docs/simulator.md";

    private final SimClock clock;
    private final Map<String, Incident> seen = new LinkedHashMap<>();

    Incidents(SimClock clock) {
        this.clock = clock;
    }

    private record Incident(
            String code, String subject, Supplier<String> message, int times, Supplier<Duration> lasted) {}

    /** Records a violation; of the same code and subject the first message stands and the times are counted. */
    public void report(String code, String subject, String message) {
        String stamped = message + " (at " + clock.now() + ")";
        seen.merge(
                code + " " + subject,
                new Incident(code, subject, () -> stamped, 1, () -> Duration.ZERO),
                (old, again) -> new Incident(code, subject, old.message(), old.times() + 1, old.lasted()));
    }

    /** Records a violation that goes on: its message and its length are asked for whenever the incidents are read. */
    public void measure(String code, String subject, Supplier<String> message, Supplier<Duration> lasted) {
        seen.putIfAbsent(code + " " + subject, new Incident(code, subject, message, 1, lasted));
    }

    /** How long those that were measured have lasted, all together. */
    public Duration lasted() {
        return seen.values().stream().map(i -> i.lasted().get()).reduce(Duration.ZERO, Duration::plus);
    }

    /** All of them, in the order in which they were first seen. */
    public List<Finding> findings() {
        return seen.values().stream()
                .map(i -> Finding.of(
                        i.code(),
                        Severity.WARNING,
                        i.subject(),
                        i.times() == 1 ? i.message().get() : i.message().get() + ", " + i.times() + " times",
                        "see what the run did at that time",
                        REFERENCE))
                .toList();
    }
}
