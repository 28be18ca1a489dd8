package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.report.RunResult;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The overlay migration from plan to end on the bundled clusters. */
final class OverlayMigrationSimulationTest {

    private final Bench bench = new Bench();

    @Test
    void everyPodOfMinnieWallaceEndsOnTheOverlayWithoutAnOutage() {
        Simulation simulation = bench.simulate("minnie-wallace", 1);
        RunResult result = bench.run(bench.plan("minnie-wallace", Map.of()), simulation);

        assertThat(result.report().outcome()).as(bench.text(result.report())).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().end()).contains(RunEnd.COMPLETE);
        Cidr pool = Cidr.parse("10.244.0.0/16");
        assertThat(pods(simulation))
                .filteredOn(p -> !p.hostNetwork())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.address())
                        .as(p.key())
                        .hasValueSatisfying(a -> assertThat(pool.contains(a)).isTrue()));
        assertThat(pods(simulation)).noneMatch(p -> p.name().startsWith("aws-node"));
        assertThat(nodes(simulation)).hasSize(4).allMatch(n -> n.maxPods() == 58);
        assertThat(below(result)).isEmpty();
        assertThat(simulation.world().violations().get()).isEmpty();
        assertThat(result.report().notModelled()).isEmpty();
    }

    @Test
    void thePlanFileReadsAndWritesByteForByte() {
        for (String scenario : List.of("minnie-wallace", "govcloud-26", "clean-cluster")) {
            String text = bench.files().text(bench.plan(scenario, Map.of()));
            MigrationPlan read =
                    bench.files().read(Source.text("plan.yaml", text)).value().orElseThrow();

            assertThat(bench.files().text(read)).isEqualTo(text);
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        MigrationPlan plan = bench.plan("clean-cluster", Map.of());
        String first =
                bench.text(bench.run(plan, bench.simulate("clean-cluster", 3)).report());
        String second =
                bench.text(bench.run(plan, bench.simulate("clean-cluster", 3)).report());

        assertThat(second).isEqualTo(first);
    }

    private static List<ServiceSeconds> below(RunResult result) {
        return result.report().services().stream()
                .filter(s -> s.secondsBelowMinimum().compareTo(Duration.ZERO) > 0)
                .toList();
    }

    private static List<Pod> pods(Simulation simulation) {
        return simulation.kernel().objects().list("Pod").stream()
                .map(KubeProjection::pod)
                .filter(p -> !p.finished())
                .toList();
    }

    private static List<Node> nodes(Simulation simulation) {
        return simulation.kernel().objects().list("Node").stream()
                .map(KubeProjection::node)
                .toList();
    }
}
