/** The small values that requests, findings and plans are made of. */
@NullMarked
package io.cnishift.api.plan;

import org.jspecify.annotations.NullMarked;
