package io.cnishift.simulator.net;

import java.util.Optional;

/** One reason for which packets do not arrive, or do not come back. */
public interface Obstacle {

    /** Where and why the flow breaks; empty when this is no obstacle to it. */
    Optional<String> stops(Flow flow);
}
