package io.cnishift.cli.input;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The file {@code .cnishift.yaml} of a folder.
 *
 * @param options of each strategy, by its id
 */
public record Settings(
        Optional<Goal> goal,
        List<Constraint> forbid,
        List<Consent> accept,
        List<Suppression> suppressions,
        Map<String, Object> options) {

    private static final String NAME = ".cnishift.yaml";

    /** Nothing set. */
    public static final Settings NONE = new Settings(Optional.empty(), List.of(), List.of(), List.of(), Map.of());

    public Settings {
        Objects.requireNonNull(goal);
        forbid = List.copyOf(forbid);
        accept = List.copyOf(accept);
        suppressions = List.copyOf(suppressions);
        options = Tree.copy(options);
    }

    /** The settings of a folder; {@link #NONE} when it has no such file. */
    public static Settings of(Path folder, Codec codec) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return NONE;
        }
        Source source = Source.of(NAME, () -> Files.newInputStream(file));
        return Documents.read(codec, Settings.class, source);
    }
}
