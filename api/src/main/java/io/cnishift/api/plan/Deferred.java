package io.cnishift.api.plan;

import java.util.Objects;

/**
 * A node that stays on the old side because the plan names its pod or group as one that may remain; the end of the run is
 * a hybrid one. (A node that cannot be moved and is not named blocks the run instead.)
 *
 * @param pod what keeps it, {@code namespace/name}
 */
public record Deferred(String node, String pod, String reason) {

    public Deferred {
        Objects.requireNonNull(node);
        Objects.requireNonNull(pod);
        Objects.requireNonNull(reason);
    }
}
