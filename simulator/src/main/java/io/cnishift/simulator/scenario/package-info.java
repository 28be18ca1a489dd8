/** The bundled clusters: a snapshot and the intent of its owner each. */
@NullMarked
package io.cnishift.simulator.scenario;

import org.jspecify.annotations.NullMarked;
