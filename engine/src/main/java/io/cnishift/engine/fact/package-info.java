/** Facts: what a step relies on, read from a view. Start at {@link io.cnishift.engine.fact.Facts}. */
@NullMarked
package io.cnishift.engine.fact;

import org.jspecify.annotations.NullMarked;
