package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something is changed. */
final class Confirmation {

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** Returns when the user agrees; without a terminal and --yes there is nobody to ask. */
    void require(Terminal terminal, String question) {
        if (yes) {
            return;
        }
        if (!terminal.interactive()) {
            throw MigrationException.user(
                    "CLI-NOT-CONFIRMED",
                    "there is no terminal to ask on",
                    "add --yes when you have read what will be done");
        }
        terminal.err().print(question + " [y/N] ");
        terminal.err().flush();
        if (!agreed(terminal)) {
            throw MigrationException.user("CLI-NOT-CONFIRMED", "nothing was done", "answer y, or add --yes");
        }
    }

    private static boolean agreed(Terminal terminal) {
        try {
            String answer = terminal.in().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
