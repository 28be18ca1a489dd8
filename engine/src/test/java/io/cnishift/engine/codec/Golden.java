package io.cnishift.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The golden files of these tests; {@code -Dgolden.update} rewrites them. */
final class Golden {
    private static final Path FOLDER =
            Path.of("src", "test", "resources", "io", "cnishift", "engine", "codec", "golden");

    private Golden() {}

    static void assertEqual(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if (System.getProperty("golden.update") != null) {
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
