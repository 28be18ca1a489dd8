package io.cnishift.simulator.net;

import java.util.Optional;

/**
 * One reason for which packets do not arrive, or do not come back. It may depend on the flow, on its two nodes as far as
 * {@link Faces} knows them, and on what holds everywhere. What it reads of a node has to be among what {@link NodeKinds} tells nodes apart by.
 */
public interface Obstacle {

    /** Where and why the flow breaks; empty when this is no obstacle to it. */
    Optional<String> stops(Flow flow);
}
