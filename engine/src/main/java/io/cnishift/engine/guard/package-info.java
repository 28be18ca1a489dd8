/**
 * What guards may cost before a run stops: budgets, and the samples that they were charged with. Values.
 */
@NullMarked
package io.cnishift.engine.guard;

import org.jspecify.annotations.NullMarked;
