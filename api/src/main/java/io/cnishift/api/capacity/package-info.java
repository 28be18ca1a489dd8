/**
 * Address and pod arithmetic: CIDR blocks, limits of instance types, max-pods, warm pools, subnets and cluster pools. Pure
 * functions and values over the JDK alone; the one place where these formulas stand.
 *
 * <p>Counts are IPv4 addresses unless a name says otherwise. Nothing here reads a cluster, an account or a clock.
 */
@NullMarked
package io.cnishift.api.capacity;

import org.jspecify.annotations.NullMarked;
