package io.cnishift.it.front;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The kubectl of this machine, in a folder of its own. */
final class Kubectl {
    private static final long MINUTES = 2;

    private final Path folder;
    private final Path kubeconfig;

    Kubectl(Path folder, Path kubeconfig) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
    }

    /** What a call ended with. */
    record Said(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static boolean installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, "kubectl"))
                .anyMatch(Files::isExecutable);
    }

    Said run(String... arguments) {
        try {
            Process process = builder(arguments)
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl " + List.of(arguments) + " still runs");
            }
            return new Said(
                    process.exitValue(),
                    Files.readString(folder.resolve("out")),
                    Files.readString(folder.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A call that goes on until it is closed. */
    Going begin(String... arguments) {
        try {
            return new Going(builder(arguments)
                    .redirectError(folder.resolve("err").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call under way, and what it says. */
    static final class Going implements AutoCloseable {
        private final Process process;
        private final BufferedReader said;

        private Going(Process process) {
            this.process = process;
            said = process.inputReader(StandardCharsets.UTF_8);
        }

        String next() {
            try {
                return String.valueOf(said.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // kubectl caches what it discovered under the home folder, by the address of the server
        builder.environment().put("HOME", folder.toString());
        return builder;
    }
}
