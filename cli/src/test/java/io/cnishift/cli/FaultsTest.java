package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.cli.command.Cnishift;
import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultsTest {

    private final StringWriter err = new StringWriter();
    private final Terminal terminal = new Terminal(
            new PrintWriter(err),
            new PrintWriter(err),
            new BufferedReader(new StringReader("")),
            false,
            Map.of(),
            Path.of(""),
            Signals.NONE);

    @Test
    void saysHowToGiveMoreMemory() {
        int code = new Faults(terminal, new Cnishift(terminal)).failed(new OutOfMemoryError("Java heap space"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .matches("cnishift: out of memory: a heap of \\d+ MiB does not hold this cluster; "
                        + "run again with CNISHIFT_JAVA_OPTS=-Xmx\\d+m\\R");
    }
}
