/** Which cluster is meant and how it is reached, as a user says it. */
@NullMarked
package io.cnishift.adapters.target;

import org.jspecify.annotations.NullMarked;
