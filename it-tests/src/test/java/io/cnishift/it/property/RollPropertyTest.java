package io.cnishift.it.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.it.Bench;
import io.cnishift.simulator.aws.Ec2;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Of each strategy that rolls the nodes to Cilium: whatever the cluster, a plan is refused, or its run ends complete, hybrid or paused with a reason; and all the while no
 * Service falls below its minimum, no node is asked for where no address is, and at the end no pod is without a CNI.
 *
 * <p>{@code cnishift.property.clusters} says how many clusters, {@code cnishift.property.nodes} how many nodes they have at
 * most, {@code cnishift.property.seed} the seed of the first one; a failure names the seed of its cluster.
 */
final class RollPropertyTest {

    private static final Set<RunOutcome> ENDS = Set.of(RunOutcome.SUCCEEDED, RunOutcome.PAUSED, RunOutcome.BLOCKED);

    private final Bench bench = new Bench();

    @TestFactory
    Stream<DynamicContainer> whateverTheClusterNothingIsLost() {
        return Stream.of("overlay", "eni").map(s -> DynamicContainer.dynamicContainer(s, clusters(s)));
    }

    private Stream<DynamicTest> clusters(String strategy) {
        int nodes = Integer.getInteger("cnishift.property.nodes", 60);
        int first = Integer.getInteger("cnishift.property.seed", 1);
        int clusters = Integer.getInteger("cnishift.property.clusters", 100);
        AtomicInteger planned = new AtomicInteger();
        Stream<DynamicTest> each = IntStream.range(first, first + clusters)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        strategy + ", seed " + seed + ", at most " + nodes + " nodes",
                        () -> holds(strategy, RandomCluster.of(seed, nodes), planned)));
        return Stream.concat(
                each,
                Stream.of(DynamicTest.dynamicTest(
                        strategy + ": most clusters have a plan",
                        () -> assertThat(planned.get()).isGreaterThan(clusters / 2))));
    }

    private void holds(String strategy, ClusterSnapshot cluster, AtomicInteger planned) {
        Optional<PlanResult.Planned> plan = plan(strategy, cluster);
        if (plan.isEmpty()) {
            return;
        }
        planned.incrementAndGet();
        Simulation simulation = bench.simulate(cluster, 1);
        RunReport report = bench.runner()
                .apply(bench.request(plan.get().plan(), Journal.inMemory("m1"), simulation))
                .report();
        assertThat(report.outcome()).as(bench.text(report)).isIn(ENDS);
        assertThat(
                        report.outcome() == RunOutcome.SUCCEEDED
                                ? report.end().isPresent()
                                : !report.reason().isEmpty())
                .as("an end, or the reason why there is none: %s", bench.text(report))
                .isTrue();
        assertThat(report.services())
                .as(bench.text(report))
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(simulation.world().violations().get())
                .as("no subnet is asked for an address that it has not: %s", bench.text(report))
                .noneMatch(v -> v.code().equals(Ec2.NO_ADDRESS));
        List<Pod> homeless = homeless(View.of(Snapshots.of(simulation.world(), "the end")));
        assertThat(homeless).as(bench.text(report)).isEmpty();
        if (report.outcome() == RunOutcome.SUCCEEDED) {
            boolean mayBeDown = report.services().stream().anyMatch(s -> s.minReady() == 0);
            boolean told = plan.get().findings().stream().anyMatch(f -> f.code().equals("ENI-TARGETS-END"));
            assertThat(simulation.world().violations().get())
                    .as(
                            "of a Service that is guaranteed no endpoint the path may be down, requests are lost where the plan"
                                    + " says so, and nothing else: %s",
                            bench.text(report))
                    .allMatch(v -> (mayBeDown && v.code().startsWith("SIM-PATH-"))
                            || (told && v.code().equals("SIM-PATH-ERRORS")));
        }
    }

    /** The plan to which all is consented that it asks for; none when it is refused for something else. */
    private Optional<PlanResult.Planned> plan(String strategy, ClusterSnapshot cluster) {
        PlanResult first = bench.result(strategy, cluster, wishes(strategy, List.of()));
        return first.fold(Optional::of, refused -> {
            assertThat(refused.findings()).as("a refusal says why").isNotEmpty();
            List<Consent> consents = refused.findings().stream()
                    .filter(f -> f.severity() == Severity.CONSENT)
                    .map(Finding::code)
                    .distinct()
                    .map(code -> new Consent(
                            code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("a test")))
                    .toList();
            return bench.result(strategy, cluster, wishes(strategy, consents)).fold(Optional::of, again -> {
                assertThat(again.findings()).anyMatch(f -> f.severity() == Severity.BLOCKER);
                return Optional.empty();
            });
        });
    }

    private static Wishes wishes(String strategy, List<Consent> consents) {
        Intent intent = new Intent(Optional.empty(), List.of(), consents);
        return new Wishes(intent, Map.of(strategy, Map.of()), Map.of(), List.of(), false);
    }

    /** Pods that run on a node and have no address. */
    private static List<Pod> homeless(View view) {
        return view.pods().stream()
                .filter(p -> !p.finished() && !p.terminating())
                .filter(p -> p.node().flatMap(view::node).isPresent())
                .filter(p -> p.address().isEmpty())
                .toList();
    }
}
