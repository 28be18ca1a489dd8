package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The overlay migration of minnie-wallace over HTTP while a fifth of the requests fails and processes die at acts of every phase
 * ends as one does in which nothing happens.
 *
 * <p>Ten seeds, with profile {@code chaos} fifty. {@code -Dcnishift.chaos.seed=N} runs that one alone.
 */
final class ChaosIT {
    private static final String SCENARIO = "minnie-wallace";
    private static final long ONLY = Long.getLong("cnishift.chaos.seed", 0);
    private static final int SEEDS = Integer.getInteger("cnishift.chaos.seeds", 10);

    private final Bench bench = new Bench();
    private final MigrationPlan plan = bench.plan(SCENARIO, Map.of());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Set<String> killedIn = new ConcurrentSkipListSet<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    /** A migration in which nothing fails. */
    private record Undisturbed(Backups backups, ClusterState end, Map<String, Integer> acts) {}

    private Undisturbed undisturbed() {
        Simulation simulation = bench.simulate(bench.scenario(SCENARIO), 1);
        StoredPlan stored = StoredPlan.of(plan, bench.files());
        // what a migration makes carries its id
        Journal journal = Journal.inMemory(
                Migrations.id(stored, simulation.kernel().clock().now()));
        RunReport report = bench.runner()
                .apply(RunRequest.of(stored, journal, simulation.world()).within(RunLimits.THROUGH))
                .report();
        assertThat(report.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        return new Undisturbed(
                Backups.of(journal.lines()), ClusterState.of(simulation), ChaosRun.acts(plan, journal.lines()));
    }

    @TestFactory
    List<DynamicTest> endsWell() {
        Undisturbed undisturbed = undisturbed();
        Map<Long, CompletableFuture<Void>> runs = new LinkedHashMap<>();
        (ONLY > 0 ? LongStream.of(ONLY) : LongStream.rangeClosed(1, SEEDS))
                .forEach(seed -> runs.put(seed, CompletableFuture.runAsync(() -> run(seed, undisturbed), pool)));
        List<DynamicTest> tests = new ArrayList<>();
        runs.forEach((seed, run) -> tests.add(DynamicTest.dynamicTest("seed " + seed, () -> wait(run))));
        if (ONLY == 0) {
            tests.add(DynamicTest.dynamicTest(
                    "processes died in every phase",
                    () -> assertThat(killedIn).containsAll(undisturbed.acts().keySet())));
        }
        return tests;
    }

    private static void wait(CompletableFuture<Void> run) {
        try {
            run.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AssertionError failed) {
                throw failed;
            }
            throw e;
        }
    }

    private void run(long seed, Undisturbed undisturbed) {
        List<String> phases = new ArrayList<>(new TreeSet<>(undisturbed.acts().keySet()));
        String phase = phases.get((int) (seed % phases.size()));
        Trouble trouble = new Trouble(seed);
        Requests requests = new Requests();
        Path home = made(folder.resolve("seed-" + seed));
        Fronted fronted = new Fronted(bench.scenario(SCENARIO), home, List.of(requests, trouble));
        ChaosRun.End end;
        try (trouble;
                fronted) {
            end = new ChaosRun(plan, fronted, home, seed)
                    .live(phase, undisturbed.acts().getOrDefault(phase, 1));
        }
        killedIn.addAll(end.killedIn());
        String where =
                "seed " + seed + ": killed in " + end.killedIn() + ", pauses " + end.pauses() + ", " + trouble.done()
                        + " of " + requests.of(k -> true) + " requests, ended "
                        + end.report().outcome() + ": "
                        + end.report().reason();
        System.out.println(where);
        assertThat(end.report().outcome()).as(where).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(end.report().end()).as(where).contains(RunEnd.COMPLETE);
        assertThat(end.report().violations()).as(where).isEmpty();
        assertThat(end.holder()).as(where).isEmpty();
        assertThat(undisturbed.backups().lostIn(Backups.of(end.lines())))
                .as(where)
                .isEmpty();
        assertThat(end.report().services())
                .as(where)
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(undisturbed.end().differences(ClusterState.of(fronted.simulation())))
                .as(where)
                .isEmpty();
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
