package io.cnishift.cli;

import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** One call of the program, as a script would make it. */
record Run(int code, String out, String err) {

    static Run of(Path folder, String... arguments) {
        return of(folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), arguments);
    }

    static Run of(Path folder, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader("")),
                false,
                environment,
                folder,
                Signals.NONE);
        int code = Main.run(terminal, arguments);
        return new Run(code, out.toString(), err.toString());
    }
}
