/**
 * A real cluster behind the ports. {@link io.cnishift.adapters.RealWorlds} opens one,
 * {@link io.cnishift.adapters.ClusterReader} reads it into a snapshot. Acts are performed through the same ports.
 */
@NullMarked
package io.cnishift.adapters;

import org.jspecify.annotations.NullMarked;
