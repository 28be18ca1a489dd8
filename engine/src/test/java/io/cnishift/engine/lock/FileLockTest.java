package io.cnishift.engine.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Codec;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLockTest {

    private static final LockHolder ME =
            new LockHolder("mia (4711)", "laptop", "resume", Instant.parse("2026-11-21T01:00:00Z"));
    private static final int TRIES = 300;

    @TempDir
    private Path state;

    @Test
    void isTakenThoughAnotherProcessLooksWhoHasIt() throws Exception {
        Lock lock = new FileLocks(state, Codec.builder().build()).of("one");
        Path note = state.resolve("cnishift/locks/one.holder");
        lock.acquire(ME).close();
        Files.writeString(note, "{}");
        Process looking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LookingProcess.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = looking.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("looking");
            for (int i = 0; i < TRIES; i++) {
                lock.acquire(ME).close();
                // a note of a process that died: without one nobody looks at the lock itself
                Files.writeString(note, "{}");
            }
        } finally {
            looking.destroy();
            looking.waitFor();
        }
    }
}
