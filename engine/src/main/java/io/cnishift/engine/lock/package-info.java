/** Who may change a cluster now: one run at a time. Start at {@link io.cnishift.engine.lock.Lock}. */
@NullMarked
package io.cnishift.engine.lock;

import org.jspecify.annotations.NullMarked;
