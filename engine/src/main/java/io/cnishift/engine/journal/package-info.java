/**
 * What a run wrote down: an append-only file of records from which everything can be told again. Start at
 * {@link io.cnishift.engine.journal.Journal}.
 *
 * <p>A run keeps nothing that it needs later in memory alone. What it has done is
 * {@link io.cnishift.engine.journal.JournalState}, the fold of the records; a killed process is continued by folding the
 * same records again and looking at the cluster.
 */
@NullMarked
package io.cnishift.engine.journal;

import org.jspecify.annotations.NullMarked;
