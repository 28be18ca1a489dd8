package io.cnishift.strategy.newcluster;

import java.util.List;

/** Deletes Fargate profiles of the first cluster, one after the other. */
record DeleteProfiles(List<String> profiles) {
    DeleteProfiles {
        profiles = List.copyOf(profiles);
    }
}
