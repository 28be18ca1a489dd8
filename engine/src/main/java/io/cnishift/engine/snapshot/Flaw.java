package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.Resource;
import java.util.Objects;

/**
 * Something in a snapshot that cannot be so.
 *
 * @param list the snapshot's component that holds the resource, such as {@code pods}
 * @param field path below the resource; empty for the resource itself
 * @param occurrence which of several resources with that key, counted from 0
 */
record Flaw(String list, Resource resource, String field, int occurrence, String message, String remedy) {
    Flaw {
        Objects.requireNonNull(list);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(field);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
    }
}
