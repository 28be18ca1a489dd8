package io.cnishift.adapters.helm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process with a time limit.
 *
 * <ol>
 *   <li>What it prints goes to files, so that nothing has to be read while it runs.
 *   <li>Where there is the program {@code timeout}, it is in between: it puts the child into a process group of its own, so that
 *       Ctrl-C at the terminal does not end an act under way, and it ends the child where this process is killed.
 *   <li>When the limit is over, it is asked to end, which Helm uses to write down that the release failed; then it is ended.
 * </ol>
 */
final class ChildProcess {

    /** How long any Helm has. */
    static final Duration LIMIT = Duration.ofSeconds(26);

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Path TIMEOUT = Path.of("/usr/bin/timeout");

    private final Path folder;
    private final Duration limit;

    /**
     * A child process.
     *
     * @param folder for what it prints; it runs there, too
     */
    ChildProcess(Path folder, Duration limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** How it ended. */
    record Ended(int code, String out, String err) {}

    /**
     * Runs a program to its end.
     *
     * @throws HelmFailure when it cannot be started or did not end in time
     */
    Ended run(List<String> command, Map<String, String> environment) {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(guarded(command))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = false;
            try {
                ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                if (!ended) {
                    end(process);
                }
            }
            if (!ended) {
                throw HelmFailure.silent("helm did not end within " + limit.toSeconds() + " s and was ended");
            }
            return new Ended(process.exitValue(), text(out), text(err));
        } catch (IOException e) {
            throw HelmFailure.silent("helm cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HelmFailure.silent("interrupted while helm was at work");
        }
    }

    private List<String> guarded(List<String> command) {
        if (!Files.isExecutable(TIMEOUT)) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of(
                TIMEOUT.toString(),
                "--kill-after=" + GRACE.toSeconds(),
                String.valueOf(limit.plus(GRACE).toSeconds())));
        all.addAll(command);
        return all;
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            below.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
