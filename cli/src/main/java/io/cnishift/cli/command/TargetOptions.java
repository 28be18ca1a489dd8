package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.Place;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster, and how it is reached. */
final class TargetOptions {

    @Option(
            names = "--cluster",
            paramLabel = "TARGET",
            description = "sim:NAME, sim:NAME@MIGRATION, a snapshot file, eks:NAME or NAME.")
    private @Nullable String cluster;

    @Mixin
    private ConnectionOptions connection;

    /** How a real cluster is reached. */
    ConnectionOptions connection() {
        return connection;
    }

    /** The place that was named, if one was. */
    Optional<Place> given(Path folder) {
        return Optional.ofNullable(cluster).map(text -> Place.parse(text, folder));
    }

    /** The place that must be named. */
    Place place(Path folder) {
        return given(folder)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-USAGE",
                        "no cluster given",
                        "add --cluster TARGET, for instance --cluster sim:minnie-wallace"));
    }
}
