package io.cnishift.strategy.newcluster;

import java.util.Objects;

/** Deletes what {@link AdmitPeers} made. */
record DropPeers(AdmitPeers admitted) {
    DropPeers {
        Objects.requireNonNull(admitted);
    }
}
