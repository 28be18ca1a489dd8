package io.cnishift.adapters.helm;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which Helm does the acts on releases, and where the charts are that the user has at hand.
 *
 * @param program the helm that was named
 * @param charts paths of charts on this machine, and OCI references, that stand for the charts of the same name and version in
 *     plans
 */
public record HelmChoice(Kind kind, Optional<Path> program, List<String> charts) {

    /** Whose Helm it is. */
    public enum Kind {
        /** The helm on PATH when it is new enough, else the embedded one. */
        FOUND,
        /** The one that the user named. */
        NAMED,
        /** The one that comes with cnishift. */
        EMBEDDED,
        /** None: releases are the business of their owner. */
        NONE
    }

    public HelmChoice {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(program);
        charts = List.copyOf(charts);
    }

    /** What is taken when nothing was said. */
    public static HelmChoice found() {
        return new HelmChoice(Kind.FOUND, Optional.empty(), List.of());
    }

    /**
     * What the user wrote: {@code embedded}, {@code none}, or the path of a helm.
     *
     * @param folder that paths are relative to
     */
    public static HelmChoice parse(String text, Path folder) {
        return switch (text) {
            case "embedded" -> new HelmChoice(Kind.EMBEDDED, Optional.empty(), List.of());
            case "none" -> new HelmChoice(Kind.NONE, Optional.empty(), List.of());
            default -> {
                Path path = folder.resolve(text);
                if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
                    throw MigrationException.user(
                            "HELM-MISSING",
                            "--helm " + text + " is no program",
                            "give embedded, none, or the path of a helm of 3.14 or later");
                }
                yield new HelmChoice(Kind.NAMED, Optional.of(path), List.of());
            }
        };
    }

    /** The same with charts at hand. */
    public HelmChoice with(List<String> more) {
        return new HelmChoice(kind, program, more);
    }
}
