/** The built-in probes: one catalogue for gates in plans and for {@code cnishift verify}. */
@NullMarked
package io.cnishift.engine.verify;

import org.jspecify.annotations.NullMarked;
