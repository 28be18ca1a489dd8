/** What the tests of strategies and of the simulator share. */
@NullMarked
package io.cnishift.simulator.kit;

import org.jspecify.annotations.NullMarked;
