package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Builds every module set. */
final class WiringTest {

    @Test
    void buildsTheModulesOfACall() {
        Terminal terminal = new Terminal(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                new BufferedReader(Reader.nullReader()),
                false,
                Map.of(),
                Path.of(""),
                Signals.NONE);
        assertThatCode(() -> Guice.createInjector(Stage.PRODUCTION, Wiring.modules(terminal)))
                .doesNotThrowAnyException();
    }
}
