package io.cnishift.engine.run;

import io.cnishift.api.port.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks a run to stop. Set from any thread, such as that of a signal; the run finishes the act it is at, parks and ends.
 */
public final class Interrupt {

    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile @Nullable TimeSource clock;

    /** Asks, and ends the wait that is under way. */
    public void request() {
        requested.set(true);
        TimeSource waitedOn = clock;
        if (waitedOn != null) {
            waitedOn.wake();
        }
    }

    /** Whether it was asked for. */
    public boolean requested() {
        return requested.get();
    }

    /** From now on a request wakes who waits on that clock. */
    void wakes(TimeSource time) {
        clock = time;
    }
}
