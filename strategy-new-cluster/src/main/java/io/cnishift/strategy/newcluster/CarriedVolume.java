package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Volume;
import java.util.Objects;

/**
 * A volume that both clusters have a PersistentVolume for, under the same name.
 *
 * @param volume name of the PersistentVolume
 * @param claim bound to it, {@code namespace/name}
 * @param handle what its driver knows it by
 */
record CarriedVolume(String volume, String claim, String handle) {
    CarriedVolume {
        Objects.requireNonNull(volume);
        Objects.requireNonNull(claim);
        Objects.requireNonNull(handle);
    }

    static CarriedVolume of(Volume volume) {
        return new CarriedVolume(volume.name(), volume.claim().orElseThrow(), volume.handle());
    }
}
