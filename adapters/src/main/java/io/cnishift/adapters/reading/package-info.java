/** What the readers share: parts in, resources and gaps out; the ports that only read; the wall clock. */
@NullMarked
package io.cnishift.adapters.reading;

import org.jspecify.annotations.NullMarked;
