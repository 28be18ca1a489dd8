package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.cnishift.cli.command.Published;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas under docs/schema are generated and say what the program writes. */
final class SchemaTest {

    private static final Path FOLDER = Golden.root().resolve("docs/schema");

    @TempDir
    private Path folder;

    @Test
    void keepsTheCommittedSchemasInStep() throws IOException {
        Codec codec = Guice.createInjector(Wiring.modules(Terminals.silent())).getInstance(Codec.class);
        Map<String, String> schemas = Published.schemas(codec);
        schemas.forEach((name, text) -> Golden.compare(text, FOLDER.resolve(name)));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString())).hasSameElementsAs(schemas.keySet());
        }
    }

    /** A plan has one schema, that of its file: what a program is given leaves out what the file leaves out. */
    @Test
    void printsAPlanAsItsFileIsWritten() {
        Codec codec = Codec.builder().build();
        String plan = "plan --cluster sim:clean-cluster --strategy overlay -o ";
        Run yaml = Run.of(folder, (plan + "yaml").split(" "));
        Run json = Run.of(folder, (plan + "json").split(" "));
        assertThat(codec.read(Object.class, Source.text("json", json.out())))
                .isEqualTo(codec.read(Object.class, Source.text("yaml", yaml.out())));
    }
}
