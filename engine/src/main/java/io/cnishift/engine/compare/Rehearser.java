package io.cnishift.engine.compare;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;

/** Runs a plan in a simulated copy of a cluster. */
@FunctionalInterface
public interface Rehearser {

    /** Rehearses to the end, past all holds. */
    Rehearsed rehearse(ClusterSnapshot snapshot, MigrationPlan plan);
}
