package io.cnishift.engine.plan;

import io.cnishift.api.MigrationStrategy;
import java.util.Objects;

/** A strategy and where it was found: {@code built-in} or a jar. */
public record LoadedStrategy(MigrationStrategy strategy, String source) {

    public LoadedStrategy {
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(source);
    }

    /** The id from its descriptor. */
    public String id() {
        return strategy.descriptor().id();
    }
}
