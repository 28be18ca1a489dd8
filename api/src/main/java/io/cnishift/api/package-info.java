/**
 * What the author of a migration strategy reads: ten types, no more. Start at {@link io.cnishift.api.MigrationStrategy}.
 *
 * <p>Only JDK types (and JSpecify annotations) appear in signatures, so a strategy jar may bring its own version of any
 * library.
 */
@NullMarked
package io.cnishift.api;

import org.jspecify.annotations.NullMarked;
