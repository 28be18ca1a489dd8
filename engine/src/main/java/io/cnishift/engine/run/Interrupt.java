package io.cnishift.engine.run;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a run to stop. Set from any thread, such as that of a signal; the run finishes the act it is at, parks and ends.
 */
public final class Interrupt {

    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks. A wait that is under way is not cut short: the run looks when its clock gives it back. */
    public void request() {
        requested.set(true);
    }

    /** Whether it was asked for. */
    public boolean requested() {
        return requested.get();
    }
}
