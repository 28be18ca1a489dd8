package io.cnishift.api.port;

import java.time.Instant;

/** The clock of a world. In the simulator, waiting is what lets the world run. */
public interface TimeSource {

    /** The time. */
    Instant now();

    /** Waits until that time, or until a change has reached a watch of this world, whichever is first. */
    void await(Instant until);
}
