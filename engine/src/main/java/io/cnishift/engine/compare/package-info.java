/**
 * All strategies side by side on one cluster, {@code stay} first, with a recommendation whose reasons can be traced. Start
 * at {@link io.cnishift.engine.compare.Comparer}.
 */
@NullMarked
package io.cnishift.engine.compare;

import org.jspecify.annotations.NullMarked;
