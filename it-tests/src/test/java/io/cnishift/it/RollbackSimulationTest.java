package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.BackCost;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.RollbackPlan;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways back of the migration of minnie-wallace, from the end of every step and of every phase. */
final class RollbackSimulationTest {

    private static final Bench BENCH = new Bench();
    private static final MigrationPlan PLAN = BENCH.plan("minnie-wallace", Map.of());
    private static final ClusterState START = ClusterState.of(BENCH.simulate("minnie-wallace", 1));

    static Stream<String> steps() {
        return beforeNoReturn().stream().map(Step::id);
    }

    static Stream<String> laterSteps() {
        List<String> before = steps().toList();
        return all().map(Step::id).filter(id -> !before.contains(id));
    }

    static Stream<String> phases() {
        List<Step> before = beforeNoReturn();
        return PLAN.phases().stream()
                .filter(phase -> before.containsAll(phase.steps()))
                .map(Phase::id);
    }

    private static Stream<Step> all() {
        return PLAN.phases().stream().flatMap(phase -> phase.steps().stream());
    }

    private static List<Step> beforeNoReturn() {
        List<Step> steps = new ArrayList<>();
        for (Step step : all().toList()) {
            if (step.pointOfNoReturn()) {
                break;
            }
            steps.add(step);
        }
        return steps;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void leavesTheClusterAsAtTheStartFromTheEndOfEveryStepAndSaysTheCost(String step) {
        Simulation simulation = BENCH.simulate("minnie-wallace", 1);
        RunReport back = turn(step, simulation);

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        requireAsAtTheStart(simulation);
        BackCost cost = back.wayBack().orElseThrow();
        assertThat(cost.pointsOfNoReturn()).isEmpty();
        boolean rolled = back.steps().stream()
                .anyMatch(line ->
                        line.id().equals("roll-workers") && line.finishedAt().isPresent());
        if (rolled) {
            assertThat(cost.nodesToMake()).isEqualTo(4);
            assertThat(cost.podsRestarted()).isPositive();
            assertThat(cost.addressesNeeded()).isNotEmpty();
            assertThat(cost.durationSeconds()).isGreaterThan(Duration.ofMinutes(10));
        } else {
            assertThat(cost.nodesToMake()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("laterSteps")
    void saysAfterThePointOfNoReturnThatItWasPassedAndWhatGoingBackCosts(String step) {
        RunReport back = turn(step, BENCH.simulate("minnie-wallace", 1));

        BackCost cost = back.wayBack().orElseThrow();
        assertThat(cost.pointsOfNoReturn()).anyMatch(p -> p.contains("finishing is then the shorter way"));
        if (back.outcome() == RunOutcome.ROLLED_BACK) {
            assertThat(cost.nodesToMake()).isEqualTo(4);
            assertThat(cost.podsRestarted()).isPositive();
        } else {
            assertThat(back.findings())
                    .singleElement()
                    .satisfies(f -> assertThat(f.remedy()).isNotEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("phases")
    void rehearsesTheWayBackFromEveryPhaseAndThenGoesIt(String phase) {
        Simulation simulation = BENCH.simulate("minnie-wallace", 1);
        Journal journal = Journal.inMemory("m1");
        RunRequest request = BENCH.request(PLAN, journal, simulation);
        BENCH.runner().apply(request.within(RunLimits.THROUGH.until(phase)));
        Rollbacks rollbacks = new Rollbacks(BENCH.runner());

        RollbackPlan plan = rollbacks.plan(request, Optional.empty(), () -> BENCH.copyOf(simulation));
        assertThat(plan.refusal()).isEmpty();
        assertThat(plan.unrehearsed()).isEmpty();
        assertThat(plan.forecast())
                .hasValueSatisfying(f -> assertThat(f.outcome()).as(f.reason()).isEqualTo(RunOutcome.ROLLED_BACK));

        RunReport back = rollbacks.run(request, plan).report();
        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        requireAsAtTheStart(simulation);
    }

    @Test
    void goesBackToTheEndOfAPhaseAndForwardAgainToTheSameEnd() {
        Simulation simulation = BENCH.simulate("minnie-wallace", 1);
        RunRequest request = BENCH.request(PLAN, Journal.inMemory("m1"), simulation);
        BENCH.runner().apply(request.within(RunLimits.THROUGH.until("roll")));
        Rollbacks rollbacks = new Rollbacks(BENCH.runner());

        RollbackPlan plan = rollbacks.plan(request, Optional.of("decouple-lb"), () -> BENCH.copyOf(simulation));
        assertThat(plan.order()).contains("park-autoscaling", "roll-workers").doesNotContain("check-cluster");
        assertThat(rollbacks.run(request, plan).report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        RunReport forward =
                BENCH.runner().resume(request.within(RunLimits.THROUGH)).report();

        assertThat(forward.outcome()).as(forward.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        Simulation undisturbed = BENCH.simulate("minnie-wallace", 1);
        BENCH.run(PLAN, undisturbed);
        assertThat(ClusterState.of(undisturbed).differences(ClusterState.of(simulation)))
                .isEmpty();
    }

    private static RunReport turn(String step, Simulation simulation) {
        return BENCH.rehearsal()
                .turningAt(step, StoredPlan.of(PLAN, BENCH.files()), simulation.world(), RunListener.NONE)
                .back()
                .report();
    }

    private static void requireAsAtTheStart(Simulation simulation) {
        assertThat(START.differences(ClusterState.of(simulation))).isEmpty();
        List<Cidr> vpc = simulation.kernel().snapshot().vpc().cidrs().stream()
                .map(Vpc.CidrBlock::cidr)
                .toList();
        assertThat(simulation.kernel().objects().list("Pod").stream().map(KubeProjection::pod))
                .filteredOn(pod -> !pod.hostNetwork() && !pod.finished())
                .hasSizeGreaterThan(10)
                .extracting(Pod::address)
                .allSatisfy(address -> assertThat(address)
                        .hasValueSatisfying(a -> assertThat(vpc).anyMatch(range -> range.contains(a))));
        assertThat(simulation.world().violations().get()).isEmpty();
    }
}
