package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.PodIdentity;
import java.util.List;

/** Gives service accounts of the second cluster the roles that they have in the first by Pod Identity. They go with the cluster. */
record MakeIdentities(List<PodIdentity> identities) {
    MakeIdentities {
        identities = List.copyOf(identities);
    }
}
