package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.step.SwitchTargetType;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rolls of a small production cluster to Cilium, some of whose pods cannot move, and the way back. */
final class ProductionHybridSimulationTest {

    private static final String CLUSTER = "prod-75";
    private static final String POD_RANGE = "10.96.0.0/13";

    private static final Pattern SECONDS = Pattern.compile("for (\\d+)[.]\\d s in all");

    private final Bench bench = new Bench();

    @Test
    void eachNodeEndsWithOneCniAndThoseThatStayAreNamed() {
        PlanResult.Planned planned = planned("overlay");
        MigrationPlan plan = planned.plan();
        Simulation simulation = bench.simulate(CLUSTER, 1);

        RunReport report = hybrid(plan, simulation);

        Set<String> stay = nodesThatStay(report);
        assertThat(Bench.pods(simulation))
                .filteredOn(pod ->
                        !pod.hostNetwork() && pod.ready() && pod.address().isPresent())
                .as("Cilium gives addresses on all other nodes, and on none of these")
                .allSatisfy(pod -> assertThat(
                                Cidr.parse(POD_RANGE).contains(pod.address().orElseThrow()))
                        .as(pod.key() + " on " + pod.node())
                        .isNotEqualTo(stay.contains(pod.node().orElse(""))));
        assertThat(undrainable(planned))
                .isNotEmpty()
                .allSatisfy(workload -> assertThat(report.deferred())
                        .as("a pod of " + workload + " is named with its node and a reason")
                        .anyMatch(d -> d.pod().contains("/" + workload.substring(workload.lastIndexOf('/') + 1) + "-")
                                && !d.reason().isBlank()));
        assertThat(simulation.world().kubernetes().read(Set.of(Part.NODE_POOLS)).resources())
                .map(NodePool.class::cast)
                .filteredOn(pool -> !pool.name().endsWith("-overlay"))
                .as("pools whose nodes were replaced launch no others")
                .isNotEmpty()
                .allMatch(NodePool::closed);
        assertThat(report.violations()).singleElement().satisfies(v -> {
            assertThat(v.code()).isEqualTo("SIM-PATH-DOWN");
            assertThat(secondsOf(v)).as(v.message()).isBetween(1, promised(plan));
        });
    }

    @Test
    void ciliumsInterfacesLeaveTheSameNodes() {
        RunReport report = hybrid(planned("eni").plan(), bench.simulate(CLUSTER, 1));

        assertThat(report.violations())
                .as("pods that do not wait before they end lose requests, as the plan says")
                .allMatch(v -> v.code().equals("SIM-PATH-ERRORS"));
    }

    /** With the GPU group, whose new nodes have the whole capacity reservation by then. */
    @ParameterizedTest
    @ValueSource(strings = {"overlay", "eni"})
    void goesBackToTheStart(String strategy) {
        Simulation simulation = bench.simulate(CLUSTER, 1);
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = bench.request(planned(strategy).plan(), Journal.inMemory("m1"), simulation);
        bench.runner().apply(request.within(RunLimits.THROUGH.lastStep("roll-gpu")));

        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation)))
                .as("but for nodes that Karpenter made meanwhile for pods on their way, and ends once they are empty")
                .allMatch(ProductionHybridSimulationTest::ofAnExtraNode);
        nothingBelowItsMinimum(back);
    }

    private static boolean ofAnExtraNode(String difference) {
        boolean more = difference.endsWith(" is only in the other one")
                && Stream.of("instances ", "network-interfaces ", "node ", "pods ")
                        .anyMatch(difference::startsWith);
        boolean target = difference.startsWith("target-groups ") && difference.contains(": targets[");
        boolean size = difference.startsWith("node-groups default: desiredSize ")
                || difference.startsWith("node-groups batch: desiredSize ");
        return more || target || size;
    }

    /** Runs a plan, which ends with aws-node where it lets pods remain and nowhere else. */
    private RunReport hybrid(MigrationPlan plan, Simulation simulation) {
        Set<String> meantToStay = nodesOf(simulation, pod -> is(pod, plan.mayRemain()::contains));
        RunReport report = bench.run(plan, simulation).report();
        assertThat(report.end()).as(bench.text(report)).contains(RunEnd.HYBRID);
        assertThat(nodesThatStay(report)).isNotEmpty().isEqualTo(meantToStay);
        assertThat(nodesOf(simulation, pod -> is(pod, "DaemonSet/kube-system/aws-node"::equals)))
                .as("aws-node runs where nodes stay, and nowhere else")
                .isEqualTo(meantToStay);
        nothingBelowItsMinimum(report);
        return report;
    }

    private static Set<String> nodesThatStay(RunReport report) {
        return report.deferred().stream().map(Deferred::node).collect(Collectors.toSet());
    }

    private static void nothingBelowItsMinimum(RunReport report) {
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
    }

    private PlanResult.Planned planned(String strategy) {
        Map<String, Object> options = strategy.equals("overlay")
                ? Map.of("podCidr", POD_RANGE, "securityGroupsForPods", "leave")
                : Map.of("securityGroupsForPods", "leave");
        List<String> accepted = strategy.equals("overlay")
                ? List.of("OVL-NETWORK-POLICIES", "OVL-NLB-GAP", "OVL-UNDRAINABLE")
                : List.of("ENI-OPERATOR-RIGHTS", "ENI-TARGETS-END", "OVL-NETWORK-POLICIES", "OVL-UNDRAINABLE");
        Wishes wishes =
                new Wishes(bench.intent(CLUSTER, accepted), Map.of(strategy, options), Map.of(), List.of(), false);
        return bench.result(strategy, bench.scenario(CLUSTER), wishes).fold(planned -> planned, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    private static List<String> undrainable(PlanResult.Planned planned) {
        return planned.findings().stream()
                .filter(f -> f.code().equals("OVL-UNDRAINABLE"))
                .map(Finding::subject)
                .toList();
    }

    /** Nodes that are there and have such a pod. A node that has just gone leaves its pods to the garbage collector. */
    private static Set<String> nodesOf(Simulation simulation, Predicate<Pod> pods) {
        Set<String> nodes = Bench.nodes(simulation).stream().map(Node::name).collect(Collectors.toSet());
        return Bench.pods(simulation).stream()
                .filter(pods)
                .flatMap(pod -> pod.node().stream())
                .filter(nodes::contains)
                .collect(Collectors.toSet());
    }

    private static boolean is(Pod pod, Predicate<String> workload) {
        return pod.workload().filter(workload).isPresent();
    }

    /** The longest gap that the plan names for the one Network Load Balancer. */
    private static int promised(MigrationPlan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .map(MigrationPlan.Step::params)
                .filter(SwitchTargetType.class::isInstance)
                .mapToInt(params -> ((SwitchTargetType) params).gapSeconds())
                .sum();
    }

    private static int secondsOf(Finding violation) {
        Matcher seconds = SECONDS.matcher(violation.message());
        assertThat(seconds.find()).as(violation.message()).isTrue();
        return Integer.parseInt(seconds.group(1));
    }
}
