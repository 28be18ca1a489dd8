package io.cnishift.engine.run;

import io.cnishift.api.cluster.Part;
import java.time.Duration;

/** How old a part may be that no watch feeds, before it is read again while a step needs it. */
final class MaxAge {

    private static final Duration TARGETS = Duration.ofSeconds(5);
    private static final Duration INSTANCES = Duration.ofSeconds(15);
    private static final Duration SUBNETS = Duration.ofSeconds(60);

    private MaxAge() {}

    static Duration of(Part part) {
        return switch (part) {
            case TARGET_GROUPS -> TARGETS;
            case INSTANCES, NODE_GROUPS, DNS_RECORDS, ROLES -> INSTANCES;
            default -> part.source() == Part.Source.KUBERNETES ? INSTANCES : SUBNETS;
        };
    }
}
