package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.SecondCluster;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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

    /** What is read of a cluster for it. */
    public Set<Part> parts() {
        return moves() ? EnumSet.allOf(Part.class) : Part.ofOneCluster();
    }

    /** Whether it moves what runs to a second cluster. */
    public boolean moves() {
        return strategy instanceof SecondCluster;
    }

    /** Whether it came with cnishift. */
    public boolean builtIn() {
        return source.equals(BUILT_IN);
    }
}
