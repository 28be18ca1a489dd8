package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A simulated cluster that outlives its process: the snapshot it began as, its settings, and the log of acts on it with their
 * virtual times. Opening it again replays them, so every process finds the same cluster.
 *
 * <p>Invariant: an act is on the disk before it is performed. What a killed process had performed is therefore performed
 * again on opening, at the same moment of the same world.
 */
public final class SimulatedCluster implements AutoCloseable {

    private static final String SNAPSHOT = "cluster.yaml";
    private static final String SECOND = "second.yaml";
    private static final String SETTINGS = "settings.yaml";
    private static final String ACTS = "acts.jsonl";

    private final Simulation simulation;
    private final ActLog log;
    private final World world;

    private SimulatedCluster(Simulation simulation, ActLog log) {
        this.simulation = simulation;
        this.log = log;
        world = LoggedPorts.over(
                simulation.world(), act -> append(Executor.CNISHIFT, act), act -> append(Executor.OWNER, act));
    }

    /** A new cluster that is kept in that folder, which is made. */
    public static SimulatedCluster create(Path folder, ClusterSnapshot snapshot, Settings settings) {
        return create(folder, snapshot, Optional.empty(), settings);
    }

    /** The same with a second cluster beside it. */
    public static SimulatedCluster create(
            Path folder, ClusterSnapshot snapshot, Optional<ClusterSnapshot> second, Settings settings) {
        Codec codec = Codec.builder().build();
        try {
            OwnFiles.folder(folder);
            Files.writeString(
                    folder.resolve(SNAPSHOT), codec.text(ClusterSnapshot.class, snapshot, Format.YAML, Style.DOCUMENT));
            if (second.isPresent()) {
                Files.writeString(
                        folder.resolve(SECOND),
                        codec.text(ClusterSnapshot.class, second.get(), Format.YAML, Style.DOCUMENT));
            }
            Files.writeString(
                    folder.resolve(SETTINGS), codec.text(Settings.class, settings, Format.YAML, Style.DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SimulatedCluster(simulation(snapshot, second, settings), new ActLog(folder.resolve(ACTS), codec));
    }

    /** Whether a cluster is kept in that folder. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(SNAPSHOT));
    }

    /** The cluster kept in that folder as it was after its last act, and not before that time. */
    public static SimulatedCluster reopen(Path folder, Instant until) {
        Codec codec = Codec.builder().build();
        ClusterSnapshot snapshot = read(folder.resolve(SNAPSHOT), ClusterSnapshot.class, codec);
        Settings settings = read(folder.resolve(SETTINGS), Settings.class, codec);
        ActLog log = new ActLog(folder.resolve(ACTS), codec);
        List<LoggedAct> acts = log.read();
        Optional<ClusterSnapshot> second = Files.exists(folder.resolve(SECOND))
                ? Optional.of(read(folder.resolve(SECOND), ClusterSnapshot.class, codec))
                : Optional.empty();
        Simulation simulation = simulation(snapshot, second, settings);
        for (LoggedAct logged : acts) {
            simulation.kernel().clock().replay(logged.events(), logged.at());
            replay(simulation.world(), logged.by(), logged.act());
        }
        simulation.kernel().clock().runUntil(until);
        return new SimulatedCluster(simulation, log);
    }

    private static Simulation simulation(
            ClusterSnapshot snapshot, Optional<ClusterSnapshot> second, Settings settings) {
        return second.map(beside -> Simulation.pair(snapshot, beside, settings))
                .orElseGet(() -> Simulation.open(snapshot, settings));
    }

    private static void replay(World world, Executor by, Act act) {
        if (act instanceof OnSecond on) {
            replay(world.second().orElseThrow(), by, on.act());
        } else if (by == Executor.OWNER) {
            world.owners().ask(act);
        } else {
            world.port(act).perform(act);
        }
    }

    /** The ports to this cluster; each act is logged first. */
    public World world() {
        return world;
    }

    /** The simulation itself, for those who look inside. */
    public Simulation simulation() {
        return simulation;
    }

    @Override
    public void close() {
        log.close();
    }

    private void append(Executor by, Act act) {
        log.append(new LoggedAct(
                simulation.kernel().clock().now(), simulation.kernel().clock().ran(), by, act));
    }

    private static <T> T read(Path file, Class<T> type, Codec codec) {
        return codec.read(type, Source.file(file))
                .orElseThrow(problems -> MigrationException.user(
                        "SIM-CLUSTER-BROKEN",
                        "the simulated cluster cannot be opened: " + problems.get(0),
                        "bring the file back as it was, or begin anew on the fresh scenario"));
    }
}
