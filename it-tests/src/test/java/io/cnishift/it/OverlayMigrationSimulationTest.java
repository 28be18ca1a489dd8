package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.plan.Deferred;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(Bench.pods(simulation))
                .filteredOn(p -> !p.hostNetwork())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.address())
                        .as(p.key())
                        .hasValueSatisfying(a -> assertThat(pool.contains(a)).isTrue()));
        assertThat(Bench.pods(simulation)).noneMatch(p -> p.name().startsWith("aws-node"));
        assertThat(Bench.nodes(simulation)).hasSize(4).allMatch(n -> n.maxPods() == 58);
        assertThat(below(result)).isEmpty();
        assertThat(result.measures().podsRestarted()).isEqualTo(17);
        assertThat(result.measures().podsRestartedMoreThanOnce())
                .as(result.measures().restartsByWorkload().toString())
                .isZero();
        assertThat(simulation.world().violations().get())
                .as("a launch that found no address would be one of them")
                .isEmpty();
        assertThat(result.report().notModelled()).isEmpty();
    }

    @Test
    void govcloudEndsHybridWithinItsSubnetAndNamesThePodThatStays() {
        Simulation simulation = bench.simulate("govcloud-26", 1);
        RunResult result = bench.run(bench.plan("govcloud-26", Map.of()), simulation);

        assertThat(result.report().outcome()).as(bench.text(result.report())).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().end()).contains(RunEnd.HYBRID);
        assertThat(result.report().deferred()).extracting(Deferred::pod).containsExactly("ledger/ledger-db-0");
        assertThat(result.report().ipCurve())
                .filteredOn(p -> p.subnet().equals("subnet-0ec9b9d4ba91199ee"))
                .isNotEmpty()
                .allMatch(p -> p.used() <= 59);
        assertThat(below(result)).isEmpty();
        assertThat(result.report().services())
                .anySatisfy(s -> assertThat(s.key()).isEqualTo("ledger/ledger-api"));
        assertThat(Bench.pods(simulation))
                .filteredOn(p -> p.namespace().equals("ledger") && p.name().startsWith("ledger-api-"))
                .singleElement()
                .satisfies(p -> assertThat(p.address())
                        .hasValueSatisfying(a -> assertThat(a).startsWith("10.244.")));
        assertThat(simulation.world().violations().get())
                .as("a launch that found no address would be one of them")
                .isEmpty();
    }

    @Test
    void aFullSubnetGivesWarmAddressesBackBeforeTheFirstNewNode() {
        Simulation simulation = bench.simulate("govcloud-26-full", 1);
        MigrationPlan plan = bench.plan("govcloud-26-full", Map.of());
        RunResult result = bench.run(plan, simulation);

        assertThat(result.report().outcome()).as(bench.text(result.report())).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().deferred()).extracting(Deferred::pod).containsExactly("ledger/ledger-db-0");
        assertThat(result.report().steps())
                .extracting(s -> s.id())
                .containsSubsequence("free-warm-addresses", "canary-gov-workers", "roll-gov-workers");
        assertThat(below(result)).isEmpty();
        assertThat(simulation.world().violations().get())
                .as("a launch that found no address would be one of them")
                .isEmpty();
    }

    @Test
    void aFullSubnetWithNothingToGiveBackIsRefusedWithWhatIsMissing() {
        List<String> refusal = bench.result("govcloud-26-stuck", Map.of(), bench.intent("govcloud-26-stuck", List.of()))
                .fold(
                        planned -> List.of(),
                        refused -> refused.findings().stream()
                                .filter(Finding::stops)
                                .map(f -> f.code() + ": " + f.message())
                                .toList());

        assertThat(refusal)
                .singleElement()
                .asString()
                .startsWith("OVL-NO-ADDRESSES: 1 address is missing in subnet-0ec9b9d4ba91199ee for one new node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary-gov-workers", "roll-gov-workers"})
    void govcloudGoesBackWithDaemonSetsThatFollowedTheNewNodes(String step) {
        Simulation simulation = bench.simulate("govcloud-26", 1);
        StoredPlan plan = StoredPlan.of(bench.plan("govcloud-26", Map.of()), bench.files());
        RunReport back = bench.rehearsal()
                .turningAt(step, plan, simulation.world(), RunListener.NONE)
                .back()
                .report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        ClusterState start = ClusterState.of(bench.simulate("govcloud-26", 1));
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
        assertThat(simulation.world().violations().get())
                .as("a launch that found no address would be one of them")
                .isEmpty();
    }

    @Test
    void thePlanFileReadsAndWritesByteForByte() {
        for (String scenario : List.of("minnie-wallace", "govcloud-26", "clean-cluster")) {
            String text = bench.files().text(bench.plan(scenario, Map.of()));
            MigrationPlan read = bench.files()
                    .read("plan.yaml", text.getBytes(StandardCharsets.UTF_8))
                    .value()
                    .orElseThrow();

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
}
