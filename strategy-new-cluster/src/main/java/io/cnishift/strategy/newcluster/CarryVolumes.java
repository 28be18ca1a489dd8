package io.cnishift.strategy.newcluster;

import java.util.List;

/** Makes PersistentVolumes and claims of the second cluster for volumes that both clusters may have at once. */
record CarryVolumes(List<CarriedVolume> volumes) {
    CarryVolumes {
        volumes = List.copyOf(volumes);
    }
}
