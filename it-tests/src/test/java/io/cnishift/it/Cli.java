package io.cnishift.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts cnishift as processes of their own, with a state folder of their own. */
final class Cli {

    private static final long MINUTES = 3;

    private final Path state;

    Cli(Path state) {
        this.state = state;
    }

    /** The lines on stderr of a command that runs to its end. */
    List<String> lines(String... command) {
        try {
            Process process = start("io.cnishift.it.Paced", command);
            List<String> lines = pace(process, Integer.MAX_VALUE);
            require(process);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills a command with SIGKILL.
     *
     * @param lines how many lines on stderr it writes
     * @param moving whether it goes on after the last of them while it is killed, or stands there
     */
    void killed(int lines, boolean moving, String... command) {
        try {
            Process process = start("io.cnishift.it.Paced", command);
            pace(process, lines);
            if (moving) {
                letGo(process.getOutputStream());
            }
            process.destroyForcibly();
            await(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that stands at the first line of its stderr that has that text. */
    Process standing(String text, String... command) {
        try {
            Process process = start("io.cnishift.it.Paced", command);
            BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.contains(text)) {
                    return process;
                }
                letGo(process.getOutputStream());
            }
            throw new AssertionError("never said " + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a command that stands go on to its end; what it then writes on stderr. */
    static List<String> said(Process standing) {
        try {
            BufferedReader said = standing.errorReader(StandardCharsets.UTF_8);
            standing.getOutputStream().close();
            return said.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that runs by itself. */
    Process started(String... command) {
        try {
            return start("io.cnishift.cli.Main", command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a command has ended well. */
    static void require(Process process) {
        int code = await(process);
        if (code != 0) {
            throw new AssertionError("exit code " + code);
        }
    }

    /** The exit code of a command. */
    static int await(Process process) {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still runs after " + MINUTES + " minutes");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        }
    }

    private Process start(String main, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_STATE_HOME", state.toString());
        if (main.equals("io.cnishift.cli.Main")) {
            builder.redirectError(state.resolve("stderr").toFile());
        }
        return builder.start();
    }

    /** Reads that many lines and lets the process go on after each but the last of them. */
    private static List<String> pace(Process process, int most) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (lines.size() == most) {
                return lines;
            }
            letGo(process.getOutputStream());
        }
        if (most != Integer.MAX_VALUE) {
            throw new AssertionError("ended after " + lines.size() + " lines: " + lines);
        }
        return lines;
    }

    private static void letGo(OutputStream stdin) throws IOException {
        stdin.write('\n');
        stdin.flush();
    }
}
