package io.cnishift.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps {@code metadata.managedFields}: which manager wrote which field last. */
final class ManagedFields {

    private ManagedFields() {}

    static Map<String, Object> afterUpdate(
            Optional<Map<String, Object>> before, Map<String, Object> after, String manager, Instant now) {
        return after;
    }
}
