/** What the readers share: parts in, resources and gaps out; and the clocks. */
@NullMarked
package io.cnishift.adapters.reading;

import org.jspecify.annotations.NullMarked;
