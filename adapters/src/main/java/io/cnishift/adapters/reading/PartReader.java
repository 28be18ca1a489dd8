package io.cnishift.adapters.reading;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Reading;
import java.util.Set;

/** Reads parts of a cluster from one source. Parts that it knows nothing of are passed over, not unknown. */
@FunctionalInterface
public interface PartReader {

    /** Reads what this source has of these parts. */
    Reading read(Set<Part> parts);

    /** The same, with that work done now and then while it takes long. */
    default Reading read(Set<Part> parts, Runnable between) {
        return read(parts);
    }
}
