package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.slice.Slice;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one migration in slices: each by a process of its own, with plan and journal read from the disk, hours after the one before.
 */
final class Slices {

    private static final Duration STOP = Duration.ofHours(10);

    private final String scenario;
    private final MigrationPlan plan;
    private final Path state;

    Slices(String scenario, MigrationPlan plan, Path state) {
        this.scenario = scenario;
        this.plan = plan;
        this.state = state;
    }

    /** What came of a migration in slices. */
    record Sliced(List<RunResult> runs, Simulation simulation, List<JournalLine> lines) {
        RunResult last() {
            return runs.get(runs.size() - 1);
        }
    }

    /** Runs until the migration has ended or the slices have. */
    Sliced run(List<Slice> slices) {
        Simulation simulation = new Bench().simulate(scenario, 1);
        List<RunResult> runs = new ArrayList<>();
        for (Slice slice : slices) {
            RunResult run = process(simulation, RunLimits.THROUGH.slice(slice));
            runs.add(run);
            simulation.kernel().forgetWatches();
            if (run.report().outcome() != RunOutcome.PAUSED) {
                break;
            }
            simulation
                    .kernel()
                    .clock()
                    .runUntil(simulation.kernel().clock().now().plus(STOP));
        }
        try (Journal journal = migrations().open(id())) {
            return new Sliced(runs, simulation, List.copyOf(journal.lines()));
        }
    }

    private RunResult process(Simulation simulation, RunLimits limits) {
        Bench fresh = new Bench();
        Optional<String> begun = migrations().latest();
        StoredPlan stored = begun.map(migrations()::plan).orElseGet(() -> StoredPlan.of(plan, fresh.files()));
        Journal journal = begun.map(migrations()::open)
                .orElseGet(() ->
                        migrations().begin(stored, simulation.kernel().clock().now()));
        try (journal) {
            RunRequest request =
                    RunRequest.of(stored, journal, simulation.world()).within(limits);
            return journal.isEmpty()
                    ? fresh.runner().apply(request)
                    : fresh.runner().resume(request);
        }
    }

    private Migrations migrations() {
        return new Bench().migrations(state);
    }

    private String id() {
        return migrations().latest().orElseThrow();
    }

    /** What came of the same plan in one run. */
    record Single(RunReport report, ClusterState end) {
        Duration took() {
            return report.durationSeconds();
        }
    }

    /** Runs all of it in one go. */
    Single single() {
        Bench bench = new Bench();
        Simulation simulation = bench.simulate(scenario, 1);
        // what is made and restarted carries the id of the migration
        String id = Migrations.id(
                StoredPlan.of(plan, bench.files()), simulation.kernel().clock().now());
        RunReport report = bench.runner()
                .apply(bench.request(plan, Journal.inMemory(id), simulation))
                .report();
        assertThat(report.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        return new Single(report, ClusterState.of(simulation));
    }

    /** That it ended as one run of the same plan does. */
    void requireSameEnd(Sliced sliced) {
        requireSameEnd(sliced, single());
    }

    void requireSameEnd(Sliced sliced, Single single) {
        assertThat(sliced.last().report().outcome())
                .as(sliced.last().report().reason())
                .isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(sliced.last().report().end()).isEqualTo(single.report().end());
        assertThat(single.end().differences(ClusterState.of(sliced.simulation())))
                .isEmpty();
    }
}
