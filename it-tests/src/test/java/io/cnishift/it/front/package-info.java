/** The HTTP front of the simulator with clients that others wrote: fabric8, kubectl. */
@NullMarked
package io.cnishift.it.front;

import org.jspecify.annotations.NullMarked;
