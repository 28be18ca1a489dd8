package io.cnishift.strategy.newcluster;

import java.util.Objects;

/** Looks whether the second cluster has the volumes of a first one that is to be deleted, while drivers that could delete them run there. */
record CheckVolumes(String name) {
    CheckVolumes {
        Objects.requireNonNull(name);
    }
}
