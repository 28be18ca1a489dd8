package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import java.util.Objects;
import java.util.Optional;

/**
 * A strategy and where it was found.
 *
 * @param source {@value #BUILT_IN}, or a jar or folder
 * @param fault why it cannot be used; it then stands for a plug-in and refuses whatever it is asked
 */
public record LoadedStrategy(MigrationStrategy strategy, String source, Optional<Finding> fault) {

    static final String BUILT_IN = "built-in";

    public LoadedStrategy {
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(source);
        Objects.requireNonNull(fault);
    }

    /** A strategy that can be used. */
    public LoadedStrategy(MigrationStrategy strategy, String source) {
        this(strategy, source, Optional.empty());
    }

    /** The id from its descriptor. */
    public String id() {
        return strategy.descriptor().id();
    }

    /** Whether it came with cnishift. */
    public boolean builtIn() {
        return source.equals(BUILT_IN);
    }
}
