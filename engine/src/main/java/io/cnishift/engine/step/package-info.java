/**
 * What the built-in step kinds do. Start at {@link io.cnishift.engine.step.BuiltInSteps}.
 *
 * <p>A handler looks at the cluster first and remembers nothing: what it knows beside the view is the journal. It never
 * assumes that an act which it asked for was done, nor that it was not.
 */
@NullMarked
package io.cnishift.engine.step;

import org.jspecify.annotations.NullMarked;
