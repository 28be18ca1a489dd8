package io.cnishift.engine.run;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a run to stop. Set from any thread, such as that of a signal; the run finishes the act it is at, parks and ends.
 */
public final class Interrupt {

    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile Runnable wake = () -> {};

    /** Asks. What was given to {@link #onRequest} is called, so that a clock that waits can be woken. */
    public void request() {
        requested.set(true);
        wake.run();
    }

    /** Whether it was asked for. */
    public boolean requested() {
        return requested.get();
    }

    /** What to call when it is asked for; the last one given counts. */
    public void onRequest(Runnable action) {
        wake = Objects.requireNonNull(action);
    }
}
