package io.cnishift.api.cluster;

import java.util.Objects;

/** A node taint with the Kubernetes effect: NoSchedule, PreferNoSchedule or NoExecute. */
public record Taint(String key, String value, String effect) {

    public Taint {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(effect);
    }
}
