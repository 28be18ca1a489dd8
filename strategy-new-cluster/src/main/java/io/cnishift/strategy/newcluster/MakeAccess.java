package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.AccessEntry;
import java.util.List;

/** Lets into the second cluster whom access entries let into the first. They go with the cluster. */
record MakeAccess(List<AccessEntry> entries) {
    MakeAccess {
        entries = List.copyOf(entries);
    }
}
