/**
 * Planning to replace the nodes of a cluster, for whatever reason: {@link io.cnishift.api.roll.RollDraft} decides what becomes of
 * each node group and how its pods move, and writes the steps and the findings. A strategy says what its new nodes are like
 * ({@link io.cnishift.api.roll.NewNodes}) and takes the options of its user along ({@link io.cnishift.api.roll.RollOptions}).
 *
 * <p>Like {@code api.draft} it writes plans. Nothing that reads or runs a plan knows it. All of it is pure: equal requests give
 * equal answers. Sizes and counts are of nodes, pods or IPv4 addresses, memory is in MiB, CPU in thousandths of a processor.
 */
@NullMarked
package io.cnishift.api.roll;

import org.jspecify.annotations.NullMarked;
