package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated cluster is the same in every process. Collections of the JDK that keep no order have another one in each JVM, so
 * one process alone cannot tell; four in a row do not miss it often.
 */
final class SameClusterIT {

    private static final int PROCESSES = 4;

    @TempDir
    private Path folder;

    @Test
    void isWrittenDownTheSameByEveryProcess() {
        List<Path> files = IntStream.range(0, PROCESSES)
                .mapToObj(n -> folder.resolve(n + ".yaml"))
                .toList();
        files.forEach(file ->
                Cli.require(new Cli(folder).started("inspect", "--cluster", "sim:prod-50", "--out", file.toString())));
        assertThat(files).allSatisfy(file -> assertThat(file).hasSameTextualContentAs(files.get(0)));
        assertThat(files.get(0)).isNotEmptyFile();
    }
}
