/** A generated cluster of production shape, of any size: {@link io.cnishift.simulator.scenario.production.ProductionCluster}. */
@NullMarked
package io.cnishift.simulator.scenario.production;

import org.jspecify.annotations.NullMarked;
