package io.cnishift.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DocExamplesTest {

    @Test
    void theDocumentedExampleIsTheOneThatCompiles() throws IOException {
        String documentation = Files.readString(Path.of("src/main/java/io/cnishift/api/package-info.java"));
        String shown = documentation
                .substring(documentation.indexOf("{@code") + "{@code".length(), documentation.indexOf("}</pre>"))
                .replaceAll("(?m)^ \\*", "");
        String source = Files.readString(Path.of("src/test/java/io/cnishift/api/LabelStrategy.java"));
        String compiled = source.substring(source.indexOf("public final class"));

        assertThat(words(shown)).isEqualTo(words(compiled));
    }

    private static String words(String code) {
        return code.replace("@Override", "").replaceAll("\\s+", "");
    }
}
