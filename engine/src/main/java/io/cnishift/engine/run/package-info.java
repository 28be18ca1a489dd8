/**
 * Runs a plan on a world, with the books that it looks things up in.
 */
@NullMarked
package io.cnishift.engine.run;

import org.jspecify.annotations.NullMarked;
