/** Cilium chained behind the VPC CNI: network policy and visibility, no address relief. */
@NullMarked
package io.cnishift.strategy.chaining;

import org.jspecify.annotations.NullMarked;
