package io.cnishift.api.plan;

import java.util.Map;
import java.util.Optional;

/**
 * A {@link io.cnishift.api.MigrationStrategy} that brings charts or images into the cluster. Optional to implement, and as pure as the strategy
 * itself: no cluster is read for it.
 */
public interface Supplied {

    /**
     * What has to be there for these choices.
     *
     * @param options the strategy's options, of the type in its descriptor
     * @param values chart values of the user
     * @param registry host and path for copies; empty when none are made
     */
    Supplies supplies(Record options, Map<String, Object> values, Optional<String> registry);
}
