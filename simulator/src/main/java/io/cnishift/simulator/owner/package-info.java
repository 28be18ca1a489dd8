/** Those who own objects from outside of the cluster and hold them at what their source says. */
@NullMarked
package io.cnishift.simulator.owner;

import org.jspecify.annotations.NullMarked;
