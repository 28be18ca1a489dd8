package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunResult;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The migration to Cilium in ENI mode from plan to end on the bundled clusters that have the addresses. */
final class EniMigrationSimulationTest {

    private final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource({"clean-cluster, 15", "minnie-wallace, 15"})
    void everyPodEndsOnAnAddressOfTheVpcThatCiliumGaveWithoutAnOutage(String scenario, int maxPods) {
        Simulation simulation = bench.simulate(scenario, 1);
        RunResult result = bench.run(bench.plan("eni", scenario, Map.of()), simulation);

        assertThat(result.report().outcome()).as(bench.text(result.report())).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().end()).contains(RunEnd.COMPLETE);
        List<Cidr> vpc = simulation.kernel().snapshot().vpc().cidrs().stream()
                .map(Vpc.CidrBlock::cidr)
                .toList();
        assertThat(Bench.pods(simulation))
                .filteredOn(p -> !p.hostNetwork())
                .isNotEmpty()
                .allSatisfy(p -> {
                    assertThat(p.address())
                            .as(p.key())
                            .hasValueSatisfying(a -> assertThat(vpc).anyMatch(range -> range.contains(a)));
                    assertThat(simulation.kernel().objects().get("CiliumEndpoint", p.namespace(), p.name()))
                            .as(p.key())
                            .isPresent();
                });
        assertThat(Bench.pods(simulation)).noneMatch(p -> p.name().startsWith("aws-node"));
        assertThat(Bench.nodes(simulation)).isNotEmpty().allMatch(n -> n.maxPods() == maxPods);
        assertThat(result.report().services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(result.measures().podsRestarted()).isPositive();
        assertThat(result.measures().podsRestartedMoreThanOnce())
                .as(result.measures().restartsByWorkload().toString())
                .isZero();
        assertThat(simulation.world().violations().get())
                .as("but for requests to pods that end without waiting, which the plan names and the owner accepts")
                .allMatch(f -> f.code().equals("SIM-PATH-ERRORS") && f.message().contains("nobody has that address"));
        assertThat(result.report().notModelled()).isEmpty();
        assertThat(simulation.kernel().objects().list("Deployment"))
                .as("what protected them while they moved")
                .noneMatch(d -> Tree.at(d, "spec", "minReadySeconds").isPresent());
    }
}
