/** What every code means. Start at {@link io.cnishift.cli.explain.CodeBook}. */
@NullMarked
package io.cnishift.cli.explain;

import org.jspecify.annotations.NullMarked;
