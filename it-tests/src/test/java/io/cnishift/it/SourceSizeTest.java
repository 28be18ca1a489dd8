package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How much one has to read.
 *
 * <p>The root package of {@code api} is what the author of a strategy must read before writing a line. It is the product's
 * promise of being easy to extend, so its size is a limit and not a wish: what does not fit belongs into one of the packages
 * below it, or is not needed.
 */
final class SourceSizeTest {

    private static final int API_FILES = 10;
    private static final int API_LINES = 455;
    private static final int CLASS_LINES = 400;

    @Test
    void authorsReadAtMostTenFiles() {
        assertThat(Sources.in(Sources.apiRootPackage())).isNotEmpty().hasSizeLessThanOrEqualTo(API_FILES);
    }

    @Test
    void authorsReadAtMost455Lines() {
        List<Path> files = Sources.in(Sources.apiRootPackage());
        assertThat(files.stream().mapToInt(file -> Sources.lines(file).size()).sum())
                .as("lines in %s", files)
                .isBetween(1, API_LINES);
    }

    // Beyond this nobody holds a class in the head at once; it is two classes that were not told apart yet.
    @Test
    void noClassIsLongerThan400Lines() {
        List<Path> files = Sources.ofAllModules();
        assertThat(files).isNotEmpty();
        assertThat(files.stream().filter(file -> Sources.lines(file).size() > CLASS_LINES))
                .isEmpty();
    }
}
