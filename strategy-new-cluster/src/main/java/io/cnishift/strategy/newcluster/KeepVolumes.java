package io.cnishift.strategy.newcluster;

import java.util.List;

/** Has these PersistentVolumes of the first cluster keep their data, whatever becomes of their claims. */
record KeepVolumes(List<String> volumes) {
    KeepVolumes {
        volumes = List.copyOf(volumes);
    }
}
