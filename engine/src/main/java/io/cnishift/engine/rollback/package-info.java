/**
 * The way back of a run, as a plan that is shown and rehearsed before it is gone. Start at
 * {@link io.cnishift.engine.rollback.Rollbacks}.
 */
@NullMarked
package io.cnishift.engine.rollback;

import org.jspecify.annotations.NullMarked;
