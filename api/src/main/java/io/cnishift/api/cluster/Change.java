package io.cnishift.api.cluster;

import java.util.Objects;
import java.util.Optional;

/** One resource as it is now, or gone. */
public record Change(Part part, String key, Optional<Resource> now) {

    public Change {
        Objects.requireNonNull(part);
        Objects.requireNonNull(key);
    }

    /** The resource is there, new or changed. */
    public static Change of(Resource resource) {
        return new Change(resource.part(), resource.key(), Optional.of(resource));
    }

    /** The resource is gone. */
    public static Change gone(Part part, String key) {
        return new Change(part, key, Optional.empty());
    }
}
