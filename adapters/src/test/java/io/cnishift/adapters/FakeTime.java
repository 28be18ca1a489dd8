package io.cnishift.adapters;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still; waiting moves it. */
public final class FakeTime implements TimeSource {

    private final Instant start = Instant.parse("2026-03-01T12:00:00Z");
    private Instant now = start;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void await(Instant until) {
        now = until.isAfter(now) ? until : now;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Time that passed since the clock was made. */
    public Duration passed() {
        return Duration.between(start, now);
    }
}
