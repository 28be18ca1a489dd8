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
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.report.RunReport;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The overlay migration of a small production cluster, some of whose pods cannot move. */
final class ProductionHybridSimulationTest {

    private static final String CLUSTER = "prod-75";
    private static final String POD_RANGE = "10.96.0.0/13";

    private static final Pattern SECONDS = Pattern.compile("for (\\d+)[.]\\d s in all");

    private final Bench bench = new Bench();

    @Test
    void eachNodeEndsWithOneCniAndThoseThatStayAreNamed() {
        PlanResult.Planned planned = planned();
        MigrationPlan plan = planned.plan();
        Simulation simulation = bench.simulate(CLUSTER, 1);
        Set<String> meantToStay = nodesOf(simulation, pod -> is(pod, plan.mayRemain()::contains));

        RunReport report = bench.run(plan, simulation).report();

        assertThat(report.end()).as(bench.text(report)).contains(RunEnd.HYBRID);
        Set<String> stay = report.deferred().stream().map(Deferred::node).collect(Collectors.toSet());
        assertThat(stay).isNotEmpty().isEqualTo(meantToStay);
        assertThat(nodesOf(simulation, pod -> is(pod, "DaemonSet/kube-system/aws-node"::equals)))
                .as("aws-node runs where nodes stay, and nowhere else")
                .isEqualTo(stay);
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
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.violations()).singleElement().satisfies(v -> {
            assertThat(v.code()).isEqualTo("SIM-PATH-DOWN");
            assertThat(secondsOf(v)).as(v.message()).isBetween(1, promised(plan));
        });
    }

    private PlanResult.Planned planned() {
        PlanResult result = bench.result(
                CLUSTER,
                Map.of("podCidr", POD_RANGE, "securityGroupsForPods", "leave"),
                bench.intent(CLUSTER, List.of("OVL-NETWORK-POLICIES", "OVL-NLB-GAP", "OVL-UNDRAINABLE")));
        return result.fold(planned -> planned, refused -> {
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
