/** Rehearsals, and runs on simulated clusters. */
@NullMarked
package io.cnishift.cli.run;

import org.jspecify.annotations.NullMarked;
