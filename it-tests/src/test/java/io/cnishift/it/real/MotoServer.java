package io.cnishift.it.real;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The moto emulator of AWS as a process on a port of its own choice. Not part of the build: skipped where it is not installed. */
final class MotoServer implements AutoCloseable {

    private static final String PROGRAM = "moto_server";
    private static final Pattern READY = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final URI url;

    private MotoServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static boolean installed() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    static MotoServer start() throws IOException {
        Process process = new ProcessBuilder(PROGRAM, "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(process);
                return new MotoServer(process, URI.create(ready.group(1)));
            }
        }
        throw new IOException(PROGRAM + " ended before it served anything:\n" + said);
    }

    // It logs every request; unread, the pipe would fill and stop it.
    private static void drain(Process process) {
        Thread thread = new Thread(() -> {
            try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws InterruptedException {
        // The program may be a wrapper that leaves the server behind.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
