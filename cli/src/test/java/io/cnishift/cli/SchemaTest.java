package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.cnishift.cli.command.Published;
import io.cnishift.engine.codec.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schemas under docs/schema are generated and say what the program writes. */
final class SchemaTest {

    private static final Path FOLDER = Golden.root().resolve("docs/schema");

    @Test
    void keepsTheCommittedSchemasInStep() throws IOException {
        Codec codec = Guice.createInjector(Wiring.modules(Terminals.silent())).getInstance(Codec.class);
        Map<String, String> schemas = Published.schemas(codec);
        schemas.forEach((name, text) -> Golden.compare(text, FOLDER.resolve(name)));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString())).hasSameElementsAs(schemas.keySet());
        }
    }
}
