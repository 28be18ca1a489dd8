package io.cnishift.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every strategy on every bundled cluster with nothing forbidden and every consent given: what comes of it stands in
 * {@code strategies.csv} with the reason, and changes only with one.
 */
final class StrategyTableSimulationTest {

    /** One consent may bring up another. */
    private static final int MOST_TRIES = 3;

    /** What there is none of where a cluster that was made is gone. */
    private static final Set<Part> OF_A_CLUSTER = EnumSet.of(
            Part.CLUSTER, Part.NODE_GROUPS, Part.INSTANCES, Part.NETWORK_INTERFACES, Part.LOAD_BALANCERS, Part.ADDONS);

    /** As generated it is too large for every build; the shape is the same at any size. */
    private static final String GENERATED = "prod-300";

    private static final String SMALLER = "prod-50";

    private final Bench bench = new Bench();

    static Stream<Pair> pairs() {
        return Pair.all().stream();
    }

    static Stream<Pair> migrations() {
        return pairs().filter(Pair::feasible);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void endsAsTheTableSays(Pair pair) {
        Simulation simulation = simulate(pair);
        String came = answer(pair)
                .fold(planned -> outcome(pair, planned.plan(), simulation), refused -> blocker(refused.findings()));

        assertThat(came).as(pair.reason()).isEqualTo(pair.expected());
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void goesBackToTheStart(Pair pair) {
        Simulation simulation = simulate(pair);
        ClusterState start = ClusterState.of(simulation);
        boolean made = pair.second().isEmpty();
        Optional<ClusterState> second = simulation.second().filter(s -> !made).map(ClusterState::of);
        MigrationPlan plan = answer(pair).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
        String last = lastWithReturn(plan);
        RunRequest request = bench.request(plan, Journal.inMemory("m1"), simulation);
        bench.runner().apply(request.within(RunLimits.THROUGH.lastStep(last)));

        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
        second.ifPresent(state -> assertThat(
                        state.differences(ClusterState.of(simulation.second().orElseThrow())))
                .as("second cluster")
                .isEmpty());
        simulation
                .second()
                .filter(s -> made)
                .ifPresent(s -> assertThat(s.world().aws().read(OF_A_CLUSTER).resources())
                        .as("second cluster")
                        .isEmpty());
    }

    /** With a place for the second cluster where the plan makes one. */
    private Simulation simulate(Pair pair) {
        ClusterSnapshot cluster = bench.scenario(pair.scenario());
        return pair.second()
                .map(bench::scenario)
                .or(() -> answer(pair)
                        .<Optional<ClusterSnapshot>>fold(
                                planned -> Unmade.in(planned.plan(), cluster), refused -> Optional.empty()))
                .map(second -> bench.simulate(cluster, second, 1))
                .orElseGet(() -> bench.simulate(cluster, 1));
    }

    @Test
    void hasEveryStrategyOfEveryCluster() {
        Map<String, Set<String>> strategies = Pair.all().stream()
                .filter(pair -> !Scenarios.later().contains(pair.scenario()))
                .collect(Collectors.groupingBy(
                        Pair::scenario, Collectors.mapping(Pair::strategy, Collectors.toCollection(TreeSet::new))));
        Set<String> all = StrategyBook.load(getClass().getClassLoader()).all().stream()
                .map(LoadedStrategy::id)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(strategies.keySet())
                .containsExactlyInAnyOrderElementsOf(Scenarios.names().stream()
                        .map(name -> name.equals(GENERATED) ? SMALLER : name)
                        .toList());
        assertThat(strategies.values()).allMatch(all::equals);
    }

    @Test
    void atLeastHalfOfTheStrategiesMigrateTheirClusters() {
        Map<String, Boolean> feasible = Pair.all().stream()
                .collect(Collectors.toMap(p -> p.strategy() + p.scenario(), Pair::feasible, Boolean::logicalOr));

        assertThat(feasible.values().stream().filter(yes -> yes).count())
                .isGreaterThanOrEqualTo((feasible.size() + 1) / 2);
    }

    private PlanResult answer(Pair pair) {
        ClusterSnapshot snapshot = bench.scenario(pair.scenario());
        List<Consent> given = new ArrayList<>();
        for (int tries = 0; ; tries++) {
            Wishes wishes = new Wishes(
                    new Intent(Optional.empty(), List.of(), given),
                    Map.of(pair.strategy(), pair.options()),
                    Map.of(),
                    List.of(),
                    false,
                    pair.second()
                            .map(s -> Map.of(pair.strategy(), bench.scenario(s)))
                            .orElse(Map.of()));
            PlanResult answer = bench.result(pair.strategy(), snapshot, wishes);
            List<Consent> asked = stopping(answer).stream()
                    .filter(f -> f.severity() == Severity.CONSENT)
                    .map(f -> new Consent(
                            f.code(), Optional.of(f.subject()), Optional.empty(), Optional.empty(), Optional.empty()))
                    .toList();
            if (tries == MOST_TRIES
                    || asked.isEmpty()
                    || asked.size() < stopping(answer).size()) {
                return answer;
            }
            given.addAll(asked);
        }
    }

    private static List<Finding> stopping(PlanResult answer) {
        return answer.fold(
                planned -> List.of(),
                refused -> refused.findings().stream().filter(Finding::stops).toList());
    }

    private static String blocker(List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.stops() && f.severity() == Severity.BLOCKER)
                .map(Finding::code)
                .distinct()
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private String outcome(Pair pair, MigrationPlan plan, Simulation simulation) {
        RunReport report = bench.runner()
                .apply(bench.request(plan, Journal.inMemory("m1"), simulation).within(RunLimits.THROUGH))
                .report();

        assertThat(report.outcome()).as(bench.text(report)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.notModelled()).isEmpty();
        assertThat(simulation.world().violations().get())
                .as(pair.toString())
                .noneMatch(f -> f.severity() == Severity.BLOCKER);
        return report.end().orElseThrow().toString();
    }

    private static String lastWithReturn(MigrationPlan plan) {
        String last = "";
        for (MigrationPlan.Step step :
                plan.phases().stream().flatMap(p -> p.steps().stream()).toList()) {
            if (step.pointOfNoReturn()) {
                break;
            }
            last = step.id();
        }
        return last;
    }
}
