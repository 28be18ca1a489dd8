package io.cnishift.cli.run;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.FileLocks;
import io.cnishift.engine.lock.Lock;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The migrations of this machine with the simulated clusters that they changed, each in its migration's folder.
 *
 * <p>The one that was worked on last is the latest: simulated runs of one scenario all begin at the same virtual time, so the
 * times in their ids do not tell.
 */
public final class Shelf {

    private static final String CLUSTER = "cluster";
    private static final String SIMULATED = "sim:";
    private static final String WAY = "connection.yaml";

    private final Path state;
    private final Migrations migrations;
    private final FileLocks locks;
    private final Scenarios scenarios;
    private final Codec codec;

    /** The migrations under that state folder. */
    public Shelf(Path state, Codec codec) {
        this.state = Objects.requireNonNull(state);
        this.migrations = new Migrations(state, codec);
        this.locks = new FileLocks(state, codec);
        this.scenarios = new Scenarios(codec);
        this.codec = codec;
    }

    /** The state folder that these environment variables mean. */
    public static Path state(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".local", "state");
    }

    /** The migration that is meant: the given one, or else the latest. */
    public String id(Optional<String> given) {
        return given.or(this::latest)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-NO-MIGRATION", "this machine has no migration yet", "'cnishift apply PLAN' begins one"));
    }

    /** The same, where a simulated cluster may be named: then the latest of that one. */
    public String id(Optional<String> given, Optional<Place> cluster) {
        Optional<Place> simulated = cluster.filter(place -> place.kind() == Place.Kind.SIMULATED);
        return given.isPresent() || simulated.isEmpty()
                ? id(given)
                : ids().stream()
                        .filter(id -> of(
                                id,
                                target -> target.source().equals(simulated.get().toString())))
                        .findFirst()
                        .orElseThrow(() -> MigrationException.user(
                                "CLI-NO-MIGRATION",
                                "this machine has no migration of " + simulated.get(),
                                "'cnishift status --all' lists those that there are"));
    }

    private Optional<String> latest() {
        return ids().stream().findFirst();
    }

    /** All migrations, the one that was worked on last first. */
    public List<String> ids() {
        return migrations.ids().stream()
                .sorted(Comparator.comparing(this::touched)
                        .thenComparing(Comparator.naturalOrder())
                        .reversed())
                .toList();
    }

    /** The migrations by that plan, the one that was worked on last first. */
    public List<String> of(StoredPlan plan) {
        return ids().stream().filter(id -> migrations.isOf(id, plan)).toList();
    }

    private FileTime touched(String id) {
        try {
            return Files.getLastModifiedTime(home(id).resolve("journal.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan of a migration. */
    public StoredPlan plan(String id) {
        return migrations.plan(id);
    }

    /** The journal of a migration, to be read or gone on with. */
    public Journal journal(String id) {
        return migrations.open(id);
    }

    /** The migration beside which that plan must not begin: of the same plan, or with a real cluster in common. */
    public Optional<String> unfinished(StoredPlan plan) {
        return ids().stream()
                .filter(id -> migrations.isOf(id, plan) || (!simulated(id) && shares(id, plan.plan())))
                .filter(id -> !over(id))
                .findFirst();
    }

    /** A plan that this version cannot read says nothing of its clusters. */
    private boolean shares(String id, MigrationPlan plan) {
        try {
            return clusters(plan(id).plan()).anyMatch(theirs -> clusters(plan).anyMatch(theirs::same));
        } catch (MigrationException unreadable) {
            return false;
        }
    }

    private static Stream<Target> clusters(MigrationPlan plan) {
        return Stream.concat(Stream.of(plan.cluster()), plan.second().stream());
    }

    /** The migration of such a real cluster that was worked on last. */
    public Optional<String> lastOn(Predicate<Target> cluster) {
        return ids().stream()
                .filter(id -> !simulated(id) && migrations.beside(id, WAY).isPresent())
                .filter(id -> of(id, cluster))
                .findFirst();
    }

    private boolean of(String id, Predicate<Target> cluster) {
        try {
            return cluster.test(plan(id).plan().cluster());
        } catch (MigrationException unreadable) {
            return false;
        }
    }

    /** Whether there is nothing to go on with: all is done, or all is taken back. */
    public boolean over(String id) {
        try (Journal journal = journal(id)) {
            return journal.state().run().over();
        }
    }

    /** Whether that migration is of a simulated cluster of this machine. */
    public boolean simulated(String id) {
        return SimulatedCluster.exists(home(id).resolve(CLUSTER));
    }

    /** The lock on the cluster of a migration, as this machine has it. */
    public Lock lock(String id) {
        return simulated(id) ? locks.of(CLUSTER + "-" + id) : lock(plan(id));
    }

    /** The lock of this machine on a real cluster. */
    Lock lock(StoredPlan plan) {
        return locks.of("eks-" + plan.plan().cluster().kubeSystemUid());
    }

    /** An empty journal for a run of that plan on a real cluster. */
    Journal begin(StoredPlan plan, Instant begin, ConnectionSettings settings) {
        return migrations.begin(plan, begin, Map.of(WAY, text(settings)));
    }

    /** Keeps how the cluster of a migration is reached, for the next time. */
    void keep(String id, ConnectionSettings settings) {
        migrations.keep(id, WAY, text(settings));
    }

    /** These settings, with those of the last time where they say nothing. */
    public ConnectionSettings under(ConnectionSettings given, String id) {
        return migrations
                .beside(id, WAY)
                .map(text -> way(id, text).under(given, id))
                .orElse(given);
    }

    private Way way(String id, String text) {
        String name = home(id).resolve(WAY).toString();
        return codec.read(Way.class, Source.text(name, text))
                .orElseThrow(problems -> MigrationException.user(
                        "JOURNAL-READ",
                        name + " cannot be understood: " + problems.get(0),
                        "delete it, and say again how the" + " cluster is reached"));
    }

    private String text(ConnectionSettings settings) {
        return codec.text(Way.class, Way.of(settings), Format.YAML, Style.DOCUMENT);
    }

    /** See {@link Migrations#adopt}. */
    Optional<Path> adopt(String id, StoredPlan plan, List<JournalLine> lines) {
        return migrations.adopt(id, plan, lines);
    }

    /** A fresh simulated cluster with an empty journal for a run of that plan on it. */
    public Bench begin(StoredPlan plan, String scenario, long seed) {
        ClusterSnapshot snapshot = scenarios.snapshot(scenario);
        Optional<ClusterSnapshot> second = plan.plan()
                .second()
                .map(target ->
                        target.made() ? Unmade.beside(snapshot, target.name()) : scenarios.snapshot(simulated(target)));
        Journal journal = migrations.begin(plan, snapshot.takenAt());
        Path folder = home(journal.migration()).resolve(CLUSTER);
        WorldFactory.Settings settings = new WorldFactory.Settings(seed, Map.of());
        SimulatedCluster cluster = SimulatedCluster.create(folder, snapshot, second, settings);
        return new Bench(plan, journal, cluster.world(), lock(journal.migration()), cluster::close);
    }

    private static String simulated(Target target) {
        if (!target.source().startsWith(SIMULATED)) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the plan moves what runs in a simulated cluster to " + target.source() + ", which is none",
                    "make a plan with --set to=sim:NAME");
        }
        return target.source().substring(SIMULATED.length());
    }

    /** The simulated cluster of a migration as its last act left it, with the journal to go on with. */
    public Bench reopen(String id) {
        StoredPlan plan = plan(id);
        Journal journal = journal(id);
        SimulatedCluster cluster = cluster(id, journal);
        return new Bench(plan, journal, cluster.world(), lock(id), cluster::close);
    }

    private SimulatedCluster cluster(String id) {
        try (Journal journal = journal(id)) {
            return cluster(id, journal);
        }
    }

    /** The simulated cluster of a migration that a place names, the first or the second one, to be looked at. */
    public Site.Opened look(Place place) {
        String id = place.migration().orElseThrow();
        MigrationPlan plan = plan(id).plan();
        SimulatedCluster kept = cluster(id);
        try {
            return new Site.Opened(Kept.world(kept, plan, place), kept::close);
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private SimulatedCluster cluster(String id, Journal journal) {
        Path folder = home(id).resolve(CLUSTER);
        if (!SimulatedCluster.exists(folder)) {
            throw MigrationException.user(
                    "CLI-REAL-TARGET",
                    "migration " + id + " is not of a simulated cluster",
                    "give its cluster as eks:NAME");
        }
        List<JournalLine> lines = journal.lines();
        return SimulatedCluster.reopen(
                folder,
                lines.isEmpty() ? Instant.EPOCH : lines.get(lines.size() - 1).at());
    }

    /** The fresh cluster of a scenario. */
    public ClusterSnapshot scenario(String name) {
        return scenarios.snapshot(name);
    }

    /** Takes away what a run left that ended before its first record. */
    public void tidy(String id) {
        Path home = home(id);
        if (Files.exists(home.resolve("journal.jsonl")) || Files.notExists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path home(String id) {
        return state.resolve("cnishift").resolve("migrations").resolve(id);
    }
}
