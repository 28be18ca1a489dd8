package io.cnishift.cli.input;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.engine.plan.Intent;
import java.util.Set;

/** Gets the snapshot of a place, and the intent that belongs to it. */
public interface ClusterReads {

    /** Reads these parts of the cluster; parts and settings count for a real one only. */
    ClusterSnapshot snapshot(Place place, ConnectionSettings connection, Set<Part> parts);

    /** What is wanted of that cluster unless the user says something else. */
    Intent intent(Place place);
}
