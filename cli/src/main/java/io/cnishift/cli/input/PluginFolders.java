package io.cnishift.cli.input;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The folders whose jars are plug-ins: those of the command line, else those of the environment, else the one under the user's data
 * directory when it is there. Code is run from no other place.
 */
public final class PluginFolders {

    /** Folders in the way of a search path. */
    public static final String VARIABLE = "CNISHIFT_PLUGIN_DIR";

    private PluginFolders() {}

    /** The folders that these options and variables mean. */
    public static List<Path> of(List<String> given, Map<String, String> environment, Path folder) {
        if (!given.isEmpty()) {
            return resolved(given, folder);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            List<String> named = Arrays.stream(variable.split(File.pathSeparator, -1))
                    .filter(part -> !part.isEmpty())
                    .toList();
            return resolved(named, folder);
        }
        Path usual = data(environment).resolve("cnishift").resolve("plugins");
        return Files.isDirectory(usual) ? List.of(usual) : List.of();
    }

    private static List<Path> resolved(List<String> names, Path folder) {
        return names.stream()
                .map(folder::resolve)
                .map(Path::normalize)
                .distinct()
                .toList();
    }

    private static Path data(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_DATA_HOME", "");
        return given.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".local", "share")
                : Path.of(given);
    }
}
