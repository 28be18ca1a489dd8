package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that outputs are compared with; {@code -Dgolden.update} rewrites them. */
final class Golden {

    private Golden() {}

    /** The root of the checkout, found from the module's folder. */
    static Path root() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.exists(module.resolve("it-tests/pom.xml")) ? module : module.getParent();
    }

    static void compare(String text, Path file) {
        try {
            if (System.getProperty("golden.update") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(file)
                    .as("run the tests with -Dgolden.update to write it")
                    .exists();
            assertThat(text).as("%s", root().relativize(file)).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
