package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two clusters that are one mesh while both serve, by the engine. */
final class MeshSimulationTest {

    private final Engine engine = new Engine();
    private final Simulation simulation = Simulation.pair(
            Meshed.first(), Unmade.beside(Meshed.first(), "green"), new Settings(1, Map.of()));
    private final World second = simulation.world().second().orElseThrow();
    private final Journal journal = Journal.inMemory("m1");

    private RunRequest request() {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(), Meshed.first(), Meshed.OPTIONS, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, simulation.world())
                .within(RunLimits.THROUGH);
    }

    private RunReport run(String step) {
        RunRequest all = request();
        return engine.runner()
                .apply(all.within(RunLimits.THROUGH.lastStep(step)))
                .report();
    }

    private static List<String> policies(World world) {
        return world.kubernetes().read(Set.of(Part.NETWORK_POLICIES)).resources().stream()
                .map(Resource::key)
                .toList();
    }

    @Test
    void podsOfBothClustersReachEachOtherAndPoliciesAdmitThem() {
        RunReport report = run("admit-peers");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.notModelled()).isEmpty();
        assertThat(policies(simulation.world())).contains("shop/cnishift-mesh-web");
        assertThat(policies(second)).contains("shop/web", "shop/cnishift-mesh-web").doesNotContain("shop/cnishift-mesh-nobody");
    }

    @Test
    void theMigrationGoesThroughAndLeavesNoMesh() {
        RunReport report = engine.runner().apply(request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(policies(second)).contains("shop/web").doesNotContain("shop/cnishift-mesh-web");
    }
}
