package io.cnishift.cli.input;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a cluster is found, as {@code --cluster} names it.
 *
 * @param name scenario, path or cluster name
 * @param migration of a simulated cluster: the migration that changed it; empty for the fresh scenario
 */
public record Place(Kind kind, String name, Optional<String> migration) {

    /** The kinds of place. */
    public enum Kind {
        SIMULATED,
        FILE,
        EKS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Place {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(migration);
    }

    /**
     * Reads {@code sim:NAME}, {@code sim:NAME@MIGRATION}, {@code eks:NAME}, the path of a file, or a bare NAME, which is a
     * cluster unless there is such a file.
     *
     * @param folder what paths are relative to
     */
    public static Place parse(String text, Path folder) {
        if (text.startsWith("sim:")) {
            String[] parts = text.substring(4).split("@", 2);
            return new Place(
                    Kind.SIMULATED,
                    required(parts[0], text),
                    parts.length > 1 ? Optional.of(required(parts[1], text)) : Optional.empty());
        }
        if (text.startsWith("eks:")) {
            return new Place(Kind.EKS, required(text.substring(4), text), Optional.empty());
        }
        if (Files.exists(folder.resolve(text))) {
            return new Place(Kind.FILE, text, Optional.empty());
        }
        boolean name = text.matches("[0-9A-Za-z][A-Za-z0-9_-]{0,99}");
        if (!name) {
            throw MigrationException.user(
                    "CLI-NO-SUCH-FILE",
                    "there is no file '" + text + "', and it is no name of a cluster",
                    "write sim:NAME, eks:NAME or the path of a snapshot");
        }
        return new Place(Kind.EKS, text, Optional.empty());
    }

    private static String required(String part, String text) {
        if (part.isEmpty()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "target '" + text + "' lacks a name",
                    "write sim:NAME, sim:NAME@MIGRATION or eks:NAME");
        }
        return part;
    }

    /** As a scenario is named that nobody has changed. */
    public String withoutMigration() {
        return new Place(kind, name, Optional.empty()).toString();
    }

    @Override
    public String toString() {
        String prefix = switch (kind) {
            case SIMULATED -> "sim:";
            case EKS -> "eks:";
            case FILE -> "";
        };
        return prefix + name + migration.map(m -> "@" + m).orElse("");
    }
}
