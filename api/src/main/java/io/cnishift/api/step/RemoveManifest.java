package io.cnishift.api.step;

import java.util.Objects;

/**
 * Deletes an object.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record RemoveManifest(String apiVersion, String kind, String namespace, String name) {

    public RemoveManifest {
        Objects.requireNonNull(apiVersion);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
    }
}
