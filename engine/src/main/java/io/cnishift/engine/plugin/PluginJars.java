package io.cnishift.engine.plugin;

import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The jars of one plug-in: {@code DIR/x.jar} by itself, or all of {@code DIR/x/*.jar}.
 *
 * @param place that jar or that folder
 */
record PluginJars(Path place, List<Path> jars) {

    private static final String SUFFIX = ".jar";

    PluginJars {
        Objects.requireNonNull(place);
        jars = List.copyOf(jars);
    }

    /** The plug-ins of a folder, in order of name. Hidden files, and those that are no jar, are none of ours. */
    static List<PluginJars> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw MigrationException.user(
                    "PLUGIN-NO-FOLDER",
                    "there is no plug-in folder '" + folder + "'",
                    "make it, or name another one with --plugin-dir or CNISHIFT_PLUGIN_DIR");
        }
        return entries(folder).stream()
                .filter(entry -> Files.isDirectory(entry) || jar(entry))
                .map(entry -> new PluginJars(entry, Files.isDirectory(entry) ? jarsIn(entry) : List.of(entry)))
                .toList();
    }

    /** What the user calls it: the name of the jar or of the folder. */
    String name() {
        return String.valueOf(place.getFileName());
    }

    private static List<Path> jarsIn(Path folder) {
        return entries(folder).stream().filter(PluginJars::jar).toList();
    }

    private static boolean jar(Path file) {
        return String.valueOf(file.getFileName()).endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(e -> !String.valueOf(e.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw MigrationException.user(
                    "PLUGIN-NO-FOLDER",
                    "the plug-in folder '" + folder + "' cannot be read: " + e.getMessage(),
                    "allow it, or name another one with --plugin-dir");
        }
    }
}
