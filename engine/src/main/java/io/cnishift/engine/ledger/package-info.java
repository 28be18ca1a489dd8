/**
 * What a run costs the workloads, counted from the changes of the view while it runs. Start at
 * {@link io.cnishift.engine.ledger.Ledger}; what a Service is guaranteed is {@link io.cnishift.api.cluster.MinReady}.
 */
@NullMarked
package io.cnishift.engine.ledger;

import org.jspecify.annotations.NullMarked;
