/** What a cluster looks like before anything is chosen. Start at {@link io.cnishift.engine.inspect.Inspector}. */
@NullMarked
package io.cnishift.engine.inspect;

import org.jspecify.annotations.NullMarked;
