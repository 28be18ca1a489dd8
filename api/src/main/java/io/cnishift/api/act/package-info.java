/**
 * Writes as data. Whatever cnishift changes, it changes by one of these; journal, backup, dry run, required permissions,
 * undo commands and rehearsal all work from them, also for the step kinds of a third party.
 */
@NullMarked
package io.cnishift.api.act;

import org.jspecify.annotations.NullMarked;
