package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Guard;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Migrations in slices: each by a process of its own, with plan and journal read from the disk, hours after the one before.
 */
final class SliceSimulationTest {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @TempDir
    private Path state;

    private final Bench bench = new Bench();

    /** What came of a migration in slices. */
    private record Sliced(List<RunResult> runs, Simulation simulation, List<JournalLine> lines) {
        RunResult last() {
            return runs.get(runs.size() - 1);
        }
    }

    private Sliced inSlices(String scenario, MigrationPlan plan, List<Slice> slices) {
        Simulation simulation = bench.simulate(scenario, 1);
        List<RunResult> runs = new ArrayList<>();
        for (Slice slice : slices) {
            runs.add(process(plan, simulation, RunLimits.THROUGH.slice(slice)));
            simulation.kernel().forgetWatches();
            if (runs.get(runs.size() - 1).report().outcome() != RunOutcome.PAUSED) {
                break;
            }
            simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(Duration.ofHours(10)));
        }
        try (Journal journal = migrations().open(migrations().latest().orElseThrow())) {
            return new Sliced(runs, simulation, List.copyOf(journal.lines()));
        }
    }

    private Migrations migrations() {
        return new Bench().migrations(state);
    }

    private RunResult process(MigrationPlan plan, Simulation simulation, RunLimits limits) {
        Bench fresh = new Bench();
        Optional<String> begun = migrations().latest();
        StoredPlan stored = begun.map(migrations()::plan).orElseGet(() -> StoredPlan.of(plan, fresh.files()));
        Journal journal = begun.map(migrations()::open)
                .orElseGet(() -> migrations().begin(stored, simulation.kernel().clock().now()));
        try (journal) {
            RunRequest request =
                    RunRequest.of(stored, journal, simulation.world()).within(limits);
            return journal.isEmpty()
                    ? fresh.runner().apply(request)
                    : fresh.runner().resume(request);
        }
    }

    private void requireSameEnd(Sliced sliced, String scenario, MigrationPlan plan) {
        assertThat(sliced.last().report().outcome())
                .as(sliced.last().report().reason())
                .isEqualTo(RunOutcome.SUCCEEDED);
        Simulation single = bench.simulate(scenario, 1);
        RunResult undisturbed = bench.run(plan, single);
        assertThat(undisturbed.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(sliced.last().report().end()).isEqualTo(undisturbed.report().end());
        assertThat(ClusterState.of(single).differences(ClusterState.of(sliced.simulation())))
                .isEmpty();
        assertThat(sliced.simulation().world().violations().get())
                .isEqualTo(single.world().violations().get());
    }

    @Test
    void endsInWindowsAsTheSingleRunDoesAndActsInNoOtherTime() {
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());
        Window window = Window.parse("22:00-22:40");
        Slice night = Slice.ALL.in(List.of(window), KOLKATA).waiting();

        Sliced sliced = inSlices("minnie-wallace", plan, Collections.nCopies(9, night));

        requireSameEnd(sliced, "minnie-wallace", plan);
        assertThat(sliced.runs()).hasSizeBetween(3, 8);
        assertThat(sliced.runs().subList(0, sliced.runs().size() - 1)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(ExitCode.PAUSED);
            assertThat(run.cause()).isEqualTo(StopCause.SLICE);
            assertThat(run.report().reason()).contains("slice ends at").contains("'cnishift resume ");
            assertThat(run.report().forecast()).isPresent();
        });
        assertThat(sliced.lines())
                .filteredOn(line -> line.record() instanceof JournalRecord.ActIntended)
                .allSatisfy(line -> assertThat(LocalTime.from(line.at().atZone(KOLKATA)))
                        .isBetween(LocalTime.of(22, 0), LocalTime.of(22, 40)));
    }

    @Test
    void replacesAFewNodesInEachRunAndForetellsFromWhatItMeasured() {
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());

        Sliced sliced = inSlices("minnie-wallace", plan, Collections.nCopies(5, Slice.ALL.nodes(1)));

        requireSameEnd(sliced, "minnie-wallace", plan);
        assertThat(sliced.runs()).hasSize(4);
        for (int i = 0; i < 3; i++) {
            RunResult run = sliced.runs().get(i);
            assertThat(run.report().reason())
                    .startsWith("the 1 node of this run is done; left for a later run: "
                            + Count.of(3 - i, "node") + " of workers");
            assertThat(run.report().forecast().orElseThrow().measuredNodes()).isEqualTo(i);
            assertThat(run.report().forecast().orElseThrow().nodesFit()).isEqualTo(1);
            assertThat(run.unsafe()).isNotEmpty();
        }
    }

    @Test
    void replacesNodesOfOneZoneAndNamesWhatIsLeft() {
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());
        Slice zone = Slice.ALL.only(NodeChoice.parse("zone=a"));
        Set<String> others = nodes(bench.simulate("minnie-wallace", 1), false);

        Sliced sliced = inSlices("minnie-wallace", plan, List.of(zone, zone, Slice.ALL));

        assertThat(sliced.runs().get(0).cause()).isEqualTo(StopCause.LEFT);
        assertThat(sliced.runs().get(0).report().reason())
                .startsWith("all that this run may replace is done; left for a later run: "
                        + Count.of(others.size(), "node") + " of workers");
        assertThat(sliced.runs().get(1).report().reason())
                .isEqualTo(sliced.runs().get(0).report().reason());
        requireSameEnd(sliced, "minnie-wallace", plan);
    }

    /** Names of the old nodes that are in zone a, or of those that are not. */
    private static Set<String> nodes(Simulation simulation, boolean inZone) {
        return Bench.nodes(simulation).stream()
                .filter(n -> n.zone().endsWith("a") == inZone)
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    @Test
    void beginsNothingWhileItsWindowIsClosed() {
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());
        Simulation simulation = bench.simulate("minnie-wallace", 1);
        Instant now = simulation.kernel().clock().now();
        LocalTime later = LocalTime.from(now.atZone(KOLKATA)).plusHours(2).truncatedTo(ChronoUnit.MINUTES);
        Slice closed = Slice.ALL.in(
                List.of(new Window(EnumSet.allOf(DayOfWeek.class), later, later.plusHours(1))), KOLKATA);
        Journal journal = Journal.inMemory("m1");

        RunResult result =
                bench.runner().apply(bench.request(plan, journal, simulation).within(RunLimits.THROUGH.slice(closed)));

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason()).startsWith("the window is closed and opens at ");
        assertThat(journal.isEmpty()).isTrue();
        assertThat(simulation.kernel().clock().now()).isEqualTo(now);
    }

    @Test
    void leavesGroupsToALaterRunAndEndsAsTheSingleRunDoes() {
        MigrationPlan plan = production("prod-50");
        List<Slice> slices = List.of(
                Slice.ALL.only(NodeChoice.parse("nodegroup=compute")),
                Slice.ALL.only(NodeChoice.parse("nodegroup=spot")),
                Slice.ALL.lasting(Duration.ofHours(2)),
                Slice.ALL);

        Sliced sliced = inSlices("prod-50", plan, slices);

        RunResult first = sliced.runs().get(0);
        assertThat(first.cause()).isEqualTo(StopCause.LEFT);
        assertThat(first.report().reason()).contains(" of general").doesNotContain(" of compute");
        assertThat(first.report().steps())
                .filteredOn(s -> s.phase().equals("roll") && s.outcome().toString().equals("done"))
                .allMatch(s -> s.id().endsWith("-compute"));
        requireSameEnd(sliced, "prod-50", plan);
    }

    private MigrationPlan production(String cluster) {
        return bench.result(
                        cluster,
                        Map.of("podCidr", "10.96.0.0/13", "securityGroupsForPods", "leave"),
                        bench.intent(cluster, List.of("OVL-NETWORK-POLICIES", "OVL-NLB-GAP", "OVL-UNDRAINABLE")))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings().toString());
                });
    }

    @Test
    void stopsWhenAServiceThatIsGuardedLosesItsEndpoints() {
        MigrationPlan plan = bench.plan("minnie-wallace", Map.of());
        Simulation simulation = bench.simulate("minnie-wallace", 1);
        Guarding guarding = Guarding.of(List.of(
                Guard.parse("service:echo/echo"),
                Guard.parse("http://k8s-minnie-wallace-0123456789.ap-south-1.elb.amazonaws.com/echo")));
        simulation.kernel().clock().after(Duration.ofMinutes(20), () -> simulation
                .kernel()
                .objects()
                .remove("Service", "echo", "echo"));
        Journal journal = Journal.inMemory("m1");

        RunResult result = bench.runner()
                .apply(bench.request(plan, journal, simulation).within(RunLimits.THROUGH.guarding(guarding)));

        assertThat(result.cause()).as(result.report().reason()).isEqualTo(StopCause.GUARD);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason()).startsWith("guard service:echo/echo failed 3 times in a row");
        assertThat(result.unsafe()).isNotEmpty();
    }
}
