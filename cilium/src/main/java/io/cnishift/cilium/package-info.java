/**
 * What the Cilium Helm chart is, per version: its value names, the values each phase of a migration needs, what the chart
 * and the agent refuse, what the chart renders and which ports its pods use.
 *
 * <p>Knowledge only. Nothing here reads a cluster, a network or a clock; the only reads are of this package's own tables on
 * the class path. Results are this package's own records, so that a strategy turns them into findings in its own words.
 */
@NullMarked
package io.cnishift.cilium;

import org.jspecify.annotations.NullMarked;
