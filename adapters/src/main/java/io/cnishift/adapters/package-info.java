/**
 * A real cluster behind the ports. {@link io.cnishift.adapters.RealWorlds} opens one,
 * {@link io.cnishift.adapters.ClusterReader} reads it into a snapshot. Version 0.1 reads only.
 */
@NullMarked
package io.cnishift.adapters;

import org.jspecify.annotations.NullMarked;
