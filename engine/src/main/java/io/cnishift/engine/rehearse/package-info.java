/**
 * Runs in copies of a cluster, of which nothing is kept but what they came to. Start at
 * {@link io.cnishift.engine.rehearse.Rehearsal}.
 */
@NullMarked
package io.cnishift.engine.rehearse;

import org.jspecify.annotations.NullMarked;
