package io.cnishift.cli;

import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/** Terminals at which nobody sits. */
final class Terminals {

    private Terminals() {}

    static Terminal silent() {
        return new Terminal(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                new BufferedReader(Reader.nullReader()),
                false,
                Map.of(),
                Path.of(""),
                Signals.NONE);
    }
}
