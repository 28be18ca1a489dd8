package io.cnishift.api.port;

import java.time.Instant;

/** The clock of a world. In the simulator, waiting is what lets the world run. */
public interface TimeSource {

    /** The time. */
    Instant now();

    /** Waits until that time, or until a change has reached a watch of this world, whichever is first. */
    void await(Instant until);

    /**
     * Ends the wait that is under way, or the next one when there is none. Called from any thread, such as that of a signal.
     * Where waiting takes no real time there is nothing to end.
     */
    default void wake() {}
}
