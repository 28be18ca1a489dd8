/**
 * An EKS cluster in memory on virtual time, deterministic for a seed: the kernel that the parts of it are
 * plugged into. It is opened in {@code io.cnishift.simulator.world}.
 *
 * <p>One thread. Whatever happens, happens in an event of {@link io.cnishift.simulator.SimClock} or in a call from outside
 * between two events.
 */
@NullMarked
package io.cnishift.simulator;

import org.jspecify.annotations.NullMarked;
