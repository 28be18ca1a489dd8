package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The move from minnie-wallace to a second cluster that the plan makes, with the controller that serves its Ingresses. */
final class MadeControllerSimulationTest {

    private static final String SCENARIO = "minnie-wallace";

    private final Engine engine = new Engine();
    private final Simulation simulation = Simulation.pair(
            Asked.scenario(SCENARIO),
            Unmade.beside(Asked.scenario(SCENARIO), SCENARIO + "-green"),
            new Settings(1, Map.of()));
    private final World second = simulation.world().second().orElseThrow();
    private final Journal journal = Journal.inMemory("m1");

    private RunRequest request(Map<String, Object> options) {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(), Asked.scenario(SCENARIO), options, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, simulation.world())
                .within(RunLimits.THROUGH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"route53", "target-groups"})
    void clientsMoveToAClusterThatWasNotThere(String shift) {
        RunReport report =
                engine.runner().apply(request(Map.of("shift", shift))).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(simulation.world().violations().get())
                .extracting(Finding::code)
                .isEmpty();
        assertThat(report.notModelled()).isEmpty();
    }

    @Test
    void takenBackItIsGoneAndTheFirstAsItWas() {
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = request(Map.of("shift", "target-groups"));
        engine.runner().apply(request);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(second.aws()
                        .read(Set.of(Part.CLUSTER, Part.LOAD_BALANCERS, Part.TARGET_GROUPS))
                        .resources())
                .isEmpty();
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }
}
