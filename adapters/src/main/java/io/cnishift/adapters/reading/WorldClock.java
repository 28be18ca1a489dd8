package io.cnishift.adapters.reading;

import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The clock of one real world: the time of a wall, and waits that end when a watch of this world brought a change. A change that
 * came since the last wait ends the next one at once, so that none is slept over.
 */
public final class WorldClock implements TimeSource {

    private final TimeSource wall;
    private boolean changed;

    /** @param wall whose time goes on by itself */
    public WorldClock(TimeSource wall) {
        this.wall = Objects.requireNonNull(wall);
    }

    @Override
    public Instant now() {
        return wall.now();
    }

    /** Waits until then or until a change. Returns early, with the interrupt flag set, when the thread is interrupted. */
    @Override
    public synchronized void await(Instant until) {
        try {
            for (long millis = millisTo(until); millis > 0 && !changed; millis = millisTo(until)) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        changed = false;
    }

    /** A watch brought a change. */
    @Override
    public synchronized void wake() {
        changed = true;
        notifyAll();
    }

    // Rounded up, so that the time has come when the wait is over.
    private long millisTo(Instant until) {
        return Duration.between(now(), until).plusNanos(999_999).toMillis();
    }
}
