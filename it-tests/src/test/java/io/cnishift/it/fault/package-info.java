/** Faults that a user injects into a rehearsal: that they happen, and what the run makes of them. */
@NullMarked
package io.cnishift.it.fault;

import org.jspecify.annotations.NullMarked;
