/**
 * The way in: a world with all its behaviours over a snapshot ({@link io.cnishift.simulator.world.Simulation}), and the
 * factory that rehearsals ask for one.
 */
@NullMarked
package io.cnishift.simulator.world;

import org.jspecify.annotations.NullMarked;
