/**
 * How much of a migration one run does: until when, how many nodes, which ones. Values, and arithmetic on time zones.
 */
@NullMarked
package io.cnishift.engine.slice;

import org.jspecify.annotations.NullMarked;
