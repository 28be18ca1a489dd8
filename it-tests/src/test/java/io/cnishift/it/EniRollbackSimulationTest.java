package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.RollbackPlan;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways back of the migration of minnie-wallace to Cilium in ENI mode, from the end of every step. */
final class EniRollbackSimulationTest {

    private static final Bench BENCH = new Bench();
    private static final MigrationPlan PLAN = BENCH.plan("eni", "minnie-wallace", Map.of());
    private static final ClusterState START = ClusterState.of(BENCH.simulate("minnie-wallace", 1));
    private static final List<Step> STEPS =
            PLAN.phases().stream().flatMap(phase -> phase.steps().stream()).toList();

    static Stream<String> before() {
        return STEPS.stream().takeWhile(step -> !step.pointOfNoReturn()).map(Step::id);
    }

    /** The first and the last of them. */
    static Stream<String> after() {
        List<Step> after =
                STEPS.stream().dropWhile(step -> !step.pointOfNoReturn()).toList();
        return Stream.of(after.get(0), after.get(after.size() - 1)).map(Step::id);
    }

    @ParameterizedTest
    @MethodSource("before")
    void leavesTheClusterAsAtTheStart(String step) {
        Simulation simulation = BENCH.simulate("minnie-wallace", 1);
        RunReport back = turn(step, simulation);

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(START.differences(ClusterState.of(simulation))).isEmpty();
        assertThat(simulation.kernel().objects().list("CiliumNode")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("after")
    void saysAfterThePointOfNoReturnThatItWasPassed(String step) {
        RunReport back = turn(step, BENCH.simulate("minnie-wallace", 1));

        assertThat(back.wayBack().orElseThrow().pointsOfNoReturn())
                .anyMatch(p -> p.contains("finishing is then the shorter way"));
    }

    /** The copy is opened from what the cluster shows half way, with pods on addresses that Cilium gave. */
    @Test
    void rehearsesTheWayBackInACopyOfTheClusterAndThenGoesIt() {
        Simulation simulation = BENCH.simulate("minnie-wallace", 1);
        RunRequest request = BENCH.request(PLAN, Journal.inMemory("m1"), simulation);
        BENCH.runner().apply(request.within(RunLimits.THROUGH.until("roll")));
        Rollbacks rollbacks = new Rollbacks(BENCH.runner());

        RollbackPlan plan = rollbacks.plan(request, Optional.empty(), () -> BENCH.copyOf(simulation));
        assertThat(plan.refusal()).isEmpty();
        assertThat(plan.forecast())
                .hasValueSatisfying(f -> assertThat(f.outcome()).as(f.reason()).isEqualTo(RunOutcome.ROLLED_BACK));
        assertThat(rollbacks.run(request, plan).report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(START.differences(ClusterState.of(simulation))).isEmpty();
    }

    private static RunReport turn(String step, Simulation simulation) {
        return BENCH.rehearsal()
                .turningAt(step, StoredPlan.of(PLAN, BENCH.files()), simulation.world(), RunListener.NONE)
                .back()
                .report();
    }
}
