/**
 * The mistakes of design.md section 6 that a migration to an overlay can make: the plan of the strategy avoids each of them,
 * and the same plan with its protection taken away fails on the simulator.
 */
@NullMarked
package io.cnishift.it.mistake;

import org.jspecify.annotations.NullMarked;
