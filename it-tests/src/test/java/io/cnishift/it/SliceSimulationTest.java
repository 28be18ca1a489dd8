package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import io.cnishift.it.Slices.Sliced;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration of minnie-wallace in slices, and under guards. */
final class SliceSimulationTest {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final MigrationPlan PLAN = new Bench().plan("minnie-wallace", Map.of());

    @TempDir
    private Path state;

    private final Bench bench = new Bench();
    private Slices slices;

    @BeforeEach
    void begin() {
        slices = new Slices("minnie-wallace", PLAN, state);
    }

    @Test
    void endsInWindowsAsTheSingleRunDoesAndActsInNoOtherTime() {
        Window window = Window.parse("22:00-22:25");
        Slice night = Slice.ALL.in(List.of(window), KOLKATA).waiting();

        Sliced sliced = slices.run(Collections.nCopies(9, night));

        slices.requireSameEnd(sliced);
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
                        .isBetween(LocalTime.of(22, 0), LocalTime.of(22, 25)));
    }

    @Test
    void replacesAFewNodesInEachRunAndForetellsFromWhatItMeasured() {

        Sliced sliced = slices.run(Collections.nCopies(5, Slice.ALL.nodes(1)));

        slices.requireSameEnd(sliced);
        assertThat(sliced.runs()).hasSize(4);
        for (int i = 0; i < 3; i++) {
            RunResult run = sliced.runs().get(i);
            assertThat(run.report().reason())
                    .startsWith("the 1 node of this run is done; left for a later run: " + Count.of(3 - i, "node")
                            + " of workers");
            assertThat(run.report().forecast().orElseThrow().measuredNodes()).isEqualTo(i);
            assertThat(run.report().forecast().orElseThrow().nodesFit()).isEqualTo(1);
            assertThat(run.unsafe()).isNotEmpty();
        }
    }

    @Test
    void aZoneThatTheClusterDoesNotHaveIsRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> slices.run(List.of(Slice.ALL.only(NodeChoice.parse("zone=q")))))
                .hasMessage("the cluster has nothing in zone 'q'")
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.remedy()).startsWith("its zones are ap-south-1"));
    }

    @Test
    void foretellsAboutAsManyNodesAsItReplacesBeforeAnythingIsMeasured() {
        Sliced sliced = slices.run(List.of(Slice.ALL.lasting(Duration.ofMinutes(66)), Slice.ALL));

        int foretold = sliced.runs().get(0).report().forecast().orElseThrow().nodesFit();
        long replaced = sliced.lines().stream()
                .filter(line -> line.at().isBefore(sliced.lines().get(0).at().plus(Duration.ofMinutes(66))))
                .filter(line -> line.record() instanceof JournalRecord.ActIntended intended
                        && intended.act() instanceof TerminateInstance)
                .count();
        assertThat(replaced).isPositive();
        assertThat(foretold).isBetween((int) replaced - 1, (int) replaced + 1);
    }

    @Test
    void makesNothingForTheNextGroupOnceItsNodesAreDone() {
        MigrationPlan plan = bench.plan("big-prefix", Map.of());
        List<RollNodes> rolls = plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.kind().equals("roll-nodes"))
                .map(step -> (RollNodes) step.params())
                .toList();
        int first = Bench.nodes(bench.simulate("big-prefix", 1)).stream()
                .filter(n -> rolls.get(0).from().equals(n.labels().get("eks.amazonaws.com/nodegroup")))
                .toList()
                .size();

        Sliced sliced = new Slices("big-prefix", plan, state).run(List.of(Slice.ALL.nodes(first)));

        assertThat(sliced.last().report().reason())
                .contains("of this run are done", rolls.get(1).from());
        assertThat(sliced.lines())
                .filteredOn(line -> line.record() instanceof JournalRecord.StepBegun)
                .extracting(line -> ((JournalRecord.StepBegun) line.record()).step())
                .contains("roll-" + rolls.get(0).from())
                .doesNotContain(
                        "template-" + rolls.get(1).from(),
                        "group-" + rolls.get(1).from());
    }

    @Test
    void replacesNodesOfOneZoneAndNamesWhatIsLeft() {
        Slice zone = Slice.ALL.only(NodeChoice.parse("zone=a"));
        Set<String> others = Bench.nodes(bench.simulate("minnie-wallace", 1)).stream()
                .filter(n -> !n.zone().endsWith("a"))
                .map(Node::name)
                .collect(Collectors.toSet());

        Sliced sliced = slices.run(List.of(zone, zone, Slice.ALL));

        assertThat(sliced.runs().get(0).cause()).isEqualTo(StopCause.LEFT);
        assertThat(sliced.runs().get(0).report().reason())
                .startsWith("all that this run may replace is done; left for a later run: "
                        + Count.of(others.size(), "node") + " of workers");
        assertThat(sliced.runs().get(1).report().reason())
                .isEqualTo(sliced.runs().get(0).report().reason());
        slices.requireSameEnd(sliced);
    }

    @Test
    void beginsNothingWhileItsWindowIsClosed() {
        Simulation simulation = bench.simulate("minnie-wallace", 1);
        Instant now = simulation.kernel().clock().now();
        LocalTime later = LocalTime.from(now.atZone(KOLKATA)).plusHours(2).truncatedTo(ChronoUnit.MINUTES);
        Slice closed =
                Slice.ALL.in(List.of(new Window(EnumSet.allOf(DayOfWeek.class), later, later.plusHours(1))), KOLKATA);
        Journal journal = Journal.inMemory("m1");

        RunResult result =
                bench.runner().apply(bench.request(PLAN, journal, simulation).within(RunLimits.THROUGH.slice(closed)));

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason()).startsWith("the window is closed and opens at ");
        assertThat(journal.isEmpty()).isTrue();
        assertThat(simulation.kernel().clock().now()).isEqualTo(now);
    }

    @Test
    void stopsWhenAServiceThatIsGuardedLosesItsEndpoints() {
        Simulation simulation = bench.simulate("minnie-wallace", 1);
        Guarding guarding = Guarding.of(List.of(
                Guard.parse("service:echo/echo"),
                Guard.parse("http://k8s-minnie-wallace-0123456789.ap-south-1.elb.amazonaws.com/echo")));
        simulation
                .kernel()
                .clock()
                .after(
                        Duration.ofMinutes(20),
                        () -> simulation.kernel().objects().remove("Service", "echo", "echo"));
        Journal journal = Journal.inMemory("m1");

        RunResult result = bench.runner()
                .apply(bench.request(PLAN, journal, simulation).within(RunLimits.THROUGH.guarding(guarding)));

        assertThat(result.cause()).as(result.report().reason()).isEqualTo(StopCause.GUARD);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason()).startsWith("guard service:echo/echo failed 3 times in a row");
        assertThat(result.unsafe()).isNotEmpty();
    }
}
