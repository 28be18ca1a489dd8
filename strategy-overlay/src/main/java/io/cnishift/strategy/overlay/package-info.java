/**
 * Cilium in place of the VPC CNI: strategy {@code overlay} (VXLAN, addresses from a pool of the cluster's own), which plans,
 * and strategy {@code eni} (addresses from network interfaces that Cilium manages), which only assesses.
 *
 * <p>Read {@link io.cnishift.strategy.overlay.OverlayStrategy} first: it wires a {@code Draft} (all decisions about one
 * cluster), the checks that judge it, and the phases that write it down as steps.
 */
@NullMarked
package io.cnishift.strategy.overlay;

import org.jspecify.annotations.NullMarked;
