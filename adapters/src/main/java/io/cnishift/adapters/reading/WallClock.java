package io.cnishift.adapters.reading;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** The time of this machine; the only class of adapters that asks the system for it, or waits. */
public final class WallClock implements TimeSource {

    private boolean woken;

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** Waits until then, or until it is woken. Returns early, with the interrupt flag set, when the thread is interrupted. */
    @Override
    public synchronized void await(Instant until) {
        try {
            for (long millis = millisTo(until); millis > 0 && !woken; millis = millisTo(until)) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        woken = false;
    }

    // Kept until somebody waits: who was just about to wait must not miss it.
    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    // Rounded up, so that the time has come when the wait is over.
    private long millisTo(Instant until) {
        return Duration.between(now(), until).plusNanos(999_999).toMillis();
    }
}
