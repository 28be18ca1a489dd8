package io.cnishift.adapters.reading;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** The time of this machine; the only class of adapters that asks the system for it. */
public final class WallClock implements TimeSource {

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** Waits until then. Returns early, with the interrupt flag set, when the thread is interrupted. */
    @Override
    public synchronized void await(Instant until) {
        try {
            for (long millis = millisTo(until); millis > 0; millis = millisTo(until)) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Rounded up, so that the time has come when the wait is over.
    private long millisTo(Instant until) {
        return Duration.between(now(), until).plusNanos(999_999).toMillis();
    }
}
