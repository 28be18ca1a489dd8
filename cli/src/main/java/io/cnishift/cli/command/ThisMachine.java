package io.cnishift.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How this machine is called by those on others. */
final class ThisMachine {

    private static final Path NAME = Path.of("/etc/hostname");

    private ThisMachine() {}

    static String name(Map<String, String> environment) {
        String given = environment.getOrDefault("HOSTNAME", "");
        try {
            String name = given.isEmpty() && Files.isReadable(NAME)
                    ? Files.readString(NAME).strip()
                    : given;
            return name.isEmpty() ? "a machine without a name" : name;
        } catch (IOException e) {
            return "a machine without a name";
        }
    }
}
