package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.step.SetVpcCniMode;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Blocks of addresses: mistake 16, and what a switch of the mode of aws-node needs around it. */
final class PrefixMistakesSimulationTest {

    private final Trial trial = Trial.of("prefix-delegation");
    private final ClusterSnapshot healthy = Clusters.healthy();

    @Test
    void podsOfNewNodesHaveAddressesOfBlocks() {
        Rehearsed done = trial.run(healthy, trial.plan(healthy));

        assertThat(done.complaints()).allMatch(PrefixMistakesSimulationTest::accepted);
        assertThat(done.nodes()).hasSize(3).extracting(Node::maxPods).containsOnly(110);
        List<NetworkInterface> interfaces = interfaces(done.simulation());
        assertThat(done.podsOf("Deployment/web/web"))
                .isNotEmpty()
                .allMatch(p -> interfaces.stream().anyMatch(i -> inBlock(i, p)));
        assertThat(interfaces).allMatch(i -> i.addresses().size() == 1);
    }

    @Test
    void withoutTheModeTheFirstNewNodeStopsTheRun() {
        MigrationPlan unswitched = Edited.with(
                trial.plan(healthy),
                "set-prefix-delegation",
                SetVpcCniMode.class,
                mode -> new SetVpcCniMode(Map.of("WARM_PREFIX_TARGET", "2")));
        Rehearsed stopped = trial.run(healthy, unswitched);

        assertThat(stopped.reason()).contains("STEP-MAX-PODS", "admits 29 pods, planned are 110");
        assertThat(stopped.nodes()).noneMatch(Node::unschedulable);
    }

    @Test
    void aSubnetWithoutAnAlignedBlockIsRefused() {
        assertThat(trial.refusal(Clusters.with().fragmented().build(), Map.of(), Map.of()))
                .isNotEmpty()
                .allMatch(stop -> stop.startsWith("VCN-NO-PREFIX"));
    }

    @Test
    void whereBlocksAreGoneSinceThePlanWasMadeTheRunStopsBeforeAnyGroupIsMade() {
        Rehearsed stopped = trial.run(Clusters.with().fragmented().build(), trial.plan(healthy));

        assertThat(stopped.reason()).contains("gate of step set-prefix-delegation", "DNS-ANSWERS");
        assertThat(stopped.nodes()).hasSize(3).noneMatch(Node::unschedulable);
    }

    @Test
    void oldNodesComeBackWithSingleAddresses() {
        Bench bench = new Bench();
        Simulation simulation = bench.simulate(healthy, 1);
        RunRequest request = bench.request(trial.plan(healthy), Journal.inMemory("m1"), simulation);
        bench.runner().apply(request.within(RunLimits.THROUGH.lastStep("prove-prefixes")));
        assertThat(interfaces(simulation)).anyMatch(i -> !i.prefixes().isEmpty());

        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(interfaces(simulation)).allMatch(i -> i.prefixes().isEmpty());
    }

    @Test
    void nodesOfAFragmentedSubnetHoldBlocksOfTheRangesThatWereKept() {
        ClusterSnapshot fragmented = trial.scenario("big-prefix");
        Rehearsed done = trial.run(fragmented, trial.plan(fragmented));

        assertThat(done.complaints()).isEmpty();
        assertThat(interfaces(done.simulation()).stream().flatMap(i -> i.prefixes().stream()))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(block -> reserved(done.simulation()).anyMatch(range -> range.contains(block)));
    }

    @Test
    void theWayBackGivesTheRangesToSingleAddresses() {
        Bench bench = new Bench();
        ClusterSnapshot fragmented = trial.scenario("big-prefix");
        Simulation simulation = bench.simulate(fragmented, 1);
        RunRequest request = bench.request(trial.plan(fragmented), Journal.inMemory("m1"), simulation);
        bench.runner().apply(request.within(RunLimits.THROUGH.lastStep("roll-compute")));
        assertThat(reserved(simulation)).hasSize(15);

        RunReport back = new Rollbacks(bench.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(reserved(simulation)).isEmpty();
    }

    private static Stream<Cidr> reserved(Simulation simulation) {
        return simulation.world().aws().read(Set.of(Part.SUBNETS)).resources().stream()
                .flatMap(s -> ((Subnet) s).reservations().stream())
                .map(Subnet.Reservation::cidr);
    }

    /** Requests to pods that end without waiting, which the plan names. */
    private static boolean accepted(String complaint) {
        return complaint.startsWith("SIM-PATH-ERRORS") && complaint.contains("nobody has that address");
    }

    private static boolean inBlock(NetworkInterface face, Pod pod) {
        return pod.address()
                .filter(a -> face.prefixes().stream().anyMatch(p -> p.contains(a)))
                .isPresent();
    }

    private static List<NetworkInterface> interfaces(Simulation simulation) {
        return simulation.world().aws().read(Set.of(Part.NETWORK_INTERFACES)).resources().stream()
                .map(NetworkInterface.class::cast)
                .filter(i -> i.instance().isPresent())
                .toList();
    }
}
