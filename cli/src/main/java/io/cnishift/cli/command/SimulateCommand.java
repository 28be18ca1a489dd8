package io.cnishift.cli.command;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.run.Shelf;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.simulator.front.Front;
import io.cnishift.simulator.world.Simulation;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Serves a simulated copy of a cluster to kubectl, until Ctrl-C. */
@Command(
        name = "simulate",
        description = "Serves a simulated copy of the cluster to kubectl, on this machine alone, until Ctrl-C.")
final class SimulateCommand implements Callable<Integer> {

    private static final int TOKEN_BYTES = 16;
    private static final double FASTEST = 100_000;

    private final Provider<ClusterReads> reads;
    private final Provider<TimeSource> wall;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            converter = ListenAddress.Converter.class,
            description = "Loopback address and port; port 0 is a free one (default: 127.0.0.1:0).")
    private ListenAddress listen = ListenAddress.FREE_PORT;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Simulated seconds for each second; 0 stands still (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated cluster (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--kubeconfig-out",
            paramLabel = "FILE",
            description = "Write the kubeconfig there and leave it (default: a file that goes when the command ends).")
    private @Nullable String kubeconfigOut;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Inject
    SimulateCommand(Provider<ClusterReads> reads, Provider<TimeSource> wall) {
        this.reads = reads;
        this.wall = wall;
    }

    @Override
    public Integer call() {
        if (!(speed >= 0 && speed <= FASTEST)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--speed " + speed + " is no speed; give 0 to " + (long) FASTEST);
        }
        Terminal terminal = root.terminal();
        ClusterSnapshot snapshot = reads.get()
                .snapshot(
                        target.place(terminal.folder()),
                        target.connection().settings(terminal.folder()),
                        EnumSet.allOf(Part.class));
        Simulation simulation = Simulation.open(snapshot, new WorldFactory.Settings(seed, Map.of()));
        String token = token();
        try (Front front = open(simulation, new Front.Settings(listen.socket(), token, wall.get(), speed))) {
            serve(front, snapshot, kubeconfig(front, token));
        }
        return ExitCode.OK.number();
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Front open(Simulation simulation, Front.Settings settings) {
        try {
            return Front.open(simulation, settings);
        } catch (IOException e) {
            InetSocketAddress address = settings.address();
            throw new MigrationException(
                    "CLI-CANNOT-LISTEN",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    "nothing can listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage(),
                    "choose another port with --listen, or 127.0.0.1:0 for a free one",
                    e);
        }
    }

    /** Writes how kubectl reaches the front; the token is that of the clock. */
    private Path kubeconfig(Front front, String token) {
        Terminal terminal = root.terminal();
        Path file = kubeconfigOut != null
                ? terminal.folder().resolve(kubeconfigOut)
                : folder(Shelf.state(terminal.environment()).resolve("cnishift"))
                        .resolve("simulate-" + front.url().getPort() + ".kubeconfig");
        String text = """
                apiVersion: v1
                kind: Config
                current-context: simulated
                contexts: [{name: simulated, context: {cluster: simulated, user: simulated}}]
                clusters: [{name: simulated, cluster: {server: "%s"}}]
                users: [{name: simulated, user: {token: "%s"}}]
                """.formatted(front.url(), token);
        OutFile.write(file, "--kubeconfig-out", text);
        return file;
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Front front, ClusterSnapshot snapshot, Path kubeconfig) {
        Terminal terminal = root.terminal();
        CountDownLatch interrupted = new CountDownLatch(1);
        Signals.Registration registered = terminal.signals().onInterrupt(interrupted::countDown);
        try {
            terminal.out().println(kubeconfig);
            terminal.out().flush();
            Steady steady = new Steady(terminal, root.verbose());
            steady.say("a copy of " + snapshot.source() + " is served on " + front.url() + ", " + pace() + " from "
                    + snapshot.takenAt());
            steady.say("look at it with kubectl --kubeconfig " + kubeconfig + " get pods -A --watch");
            steady.say("Ctrl-C ends it; nothing is kept");
            interrupted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            registered.close();
            if (kubeconfigOut == null) {
                remove(kubeconfig);
            }
        }
    }

    private String pace() {
        String times = BigDecimal.valueOf(speed).stripTrailingZeros().toPlainString();
        return speed == 0 ? "its clock stands still" : "its clock runs " + times + " times as fast as this one";
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
