/**
 * A real cluster behind the ports. {@link io.cnishift.adapters.RealWorlds} opens one,
 * {@link io.cnishift.adapters.ClusterReader} reads it into a snapshot. AWS is written too.
 */
@NullMarked
package io.cnishift.adapters;

import org.jspecify.annotations.NullMarked;
