package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated cluster is served until Ctrl-C. */
final class SimulateTest {
    private static final Pattern SERVER = Pattern.compile("server: \"([^\"]+)\"");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String version = "";

    private int simulate(Signals signals, String... arguments) {
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader("")),
                false,
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString()),
                folder,
                signals);
        return Main.run(
                terminal,
                Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void servesWhereTheKubeconfigSaysUntilItIsInterrupted() {
        Signals whileServed = interrupt -> {
            version = answer("/version");
            interrupt.run();
            return () -> {};
        };
        int code = simulate(whileServed, "--cluster", "sim:clean-cluster", "--speed", "0", "--kubeconfig-out", "kube");
        assertThat(code).as(err.toString()).isZero();
        assertThat(version).contains("\"gitVersion\"");
        assertThat(out.toString().strip()).isEqualTo(folder.resolve("kube").toString());
        assertThat(err.toString())
                .contains("a copy of sim:clean-cluster is served on http://127.0.0.1:", "its clock stands still")
                .contains("kubectl --kubeconfig " + folder.resolve("kube") + " get pods -A --watch");
    }

    @Test
    void leavesNothingBehindWhenNobodyNamedTheFile() throws IOException {
        int code = simulate(
                interrupt -> {
                    interrupt.run();
                    return () -> {};
                },
                "--cluster",
                "sim:clean-cluster");
        assertThat(code).isZero();
        assertThat(err.toString()).contains("its clock runs 1 times as fast as this one");
        try (Stream<Path> left = Files.list(folder.resolve("state").resolve("cnishift"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = simulate(
                    Signals.NONE, "--cluster", "sim:clean-cluster", "--listen", "127.0.0.1:" + taken.getLocalPort());
            assertThat(code).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("cnishift: nothing can listen on ")
                    .contains("(CLI-CANNOT-LISTEN)")
                    .hasLineCount(1);
        }
    }

    private String answer(String path) {
        try {
            Matcher server = SERVER.matcher(Files.readString(folder.resolve("kube")));
            assertThat(server.find()).isTrue();
            try (var stream = URI.create(server.group(1) + path).toURL().openStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
