package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs one migration by processes that die. A process is a bench of its own with plan and journal read from the disk; of one
 * that died nothing is left but these files and the cluster.
 */
final class Deaths {

    private static final int PROCESSES = 1000;

    private final String scenario;
    private final MigrationPlan plan;
    private final Path state;

    Deaths(String strategy, String scenario, Path state) {
        this.scenario = scenario;
        this.state = state;
        this.plan = new Bench().plan(strategy, scenario, Map.of());
    }

    /** Where a process dies: instead of writing that record, or once it is written. */
    record Death(long record, boolean written) {
        JournalSink at(JournalSink sink) {
            return written ? CrashingSink.after(record, sink) : CrashingSink.before(record, sink);
        }

        @Override
        public String toString() {
            return (written ? "after" : "before") + " record " + record;
        }
    }

    /** Gives the processes their deaths. */
    interface Fate {
        /** The sink of that process, counted from 0. */
        JournalSink of(int process, JournalSink sink, Simulation simulation);
    }

    /** What came of a migration. */
    record Life(RunResult result, ClusterState end, List<JournalLine> lines, int processes) {}

    /** Runs to the end by as many processes as it takes. */
    Life live(String name, Fate fate) {
        Simulation simulation = new Bench().simulate(scenario, 1);
        Optional<RunResult> result = Optional.empty();
        int process = 0;
        while (result.isEmpty()) {
            assertThat(process).as("processes of " + name).isLessThan(PROCESSES);
            result = process(name, simulation, process, fate);
            simulation.kernel().forgetWatches();
            process++;
        }
        Migrations migrations = new Bench().migrations(state.resolve(name));
        try (Journal journal = migrations.open(migrations.latest().orElseThrow())) {
            return new Life(result.get(), ClusterState.of(simulation), List.copyOf(journal.lines()), process);
        }
    }

    private Optional<RunResult> process(String name, Simulation simulation, int process, Fate fate) {
        Bench bench = new Bench();
        Migrations migrations = bench.migrations(state.resolve(name));
        Optional<String> begun = migrations.latest();
        StoredPlan stored = begun.map(migrations::plan).orElseGet(() -> StoredPlan.of(plan, bench.files()));
        Journal journal = begun.map(migrations::open)
                .orElseGet(() ->
                        migrations.begin(stored, simulation.kernel().clock().now()))
                .through(sink -> fate.of(process, sink, simulation));
        try (journal) {
            RunRequest request =
                    RunRequest.of(stored, journal, simulation.world()).within(RunLimits.THROUGH);
            return Optional.of(
                    journal.isEmpty()
                            ? bench.runner().apply(request)
                            : bench.runner().resume(request));
        } catch (SimulatedCrash crash) {
            return Optional.empty();
        }
    }

    /**
     * Every death of a single process that leaves something of its own.
     *
     * <p>What a dead process leaves is the lines on the disk and the cluster. To die after a record and to die before the next
     * one is the same death where nothing happened in between: no act, and no time, event or change in the cluster. Then only
     * the first of both is in the list.
     */
    List<Death> distinct() {
        Map<Death, Moment> moments = new HashMap<>();
        Life undisturbed = live("observed", (process, sink, simulation) -> new Observing(sink, simulation, moments));
        List<Death> deaths = new ArrayList<>();
        boolean acting = true;
        for (JournalLine line : undisturbed.lines()) {
            Death before = new Death(line.seq(), false);
            Moment left = moments.get(new Death(line.seq() - 1, true));
            if (acting || !moments.get(before).equals(left)) {
                deaths.add(before);
            }
            deaths.add(new Death(line.seq(), true));
            acting = line.record() instanceof JournalRecord.ActIntended;
        }
        // whoever dies after the last record has nothing left to do
        deaths.remove(deaths.size() - 1);
        return deaths;
    }

    /** How far the cluster has come. */
    private record Moment(Instant now, long events, long version) {}

    /** Notes how far the cluster has come at each possible death. */
    private record Observing(JournalSink inner, Simulation simulation, Map<Death, Moment> moments)
            implements JournalSink {
        @Override
        public void write(JournalLine line) {
            moments.put(new Death(line.seq(), false), moment());
            inner.write(line);
            moments.put(new Death(line.seq(), true), moment());
        }

        private Moment moment() {
            return new Moment(
                    simulation.kernel().clock().now(),
                    simulation.kernel().clock().ran(),
                    simulation.kernel().objects().resourceVersion());
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
