package io.cnishift.cli.input;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.engine.plan.Intent;

/** Gets the snapshot of a place, and the intent that belongs to it. */
public interface ClusterReads {

    /** Reads the cluster; the settings count for a real one only. */
    ClusterSnapshot snapshot(Place place, ConnectionSettings connection);

    /** What is wanted of that cluster unless the user says something else. */
    Intent intent(Place place);
}
