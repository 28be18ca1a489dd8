/**
 * Who reaches whom, by which path, and if not, why. {@link io.cnishift.simulator.net.Network} asks its obstacles in order, each
 * a registered behaviour; {@link io.cnishift.simulator.net.Reach} turns a question into the flows that answer it.
 */
@NullMarked
package io.cnishift.simulator.net;

import org.jspecify.annotations.NullMarked;
