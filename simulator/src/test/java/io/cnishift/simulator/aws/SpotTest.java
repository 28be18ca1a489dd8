package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.scenario.production.ProductionCluster;
import io.cnishift.simulator.world.Behaviours;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spot instances that EC2 takes back. */
final class SpotTest {

    private static final ClusterSnapshot MANAGED = Clusters.with().spot().build();

    @Test
    void hitsEveryInstanceWithinItsHourWhenAllAreToBeHit() {
        Kernel kernel = open(MANAGED, Map.of("spot-interruption", "100%"), "none");
        run(kernel, 3600);

        assertThat(kernel.injected().lines())
                .filteredOn(l -> l.contains("got its notice"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(live(kernel, Clusters.GROUP)).hasSize(3).doesNotContainAnyElementsOf(instances(MANAGED));
    }

    @Test
    void leavesOnDemandInstancesAlone() {
        Kernel kernel = open(Clusters.healthy(), Map.of("spot-interruption", "100%"), "none");
        run(kernel, 3600);

        assertThat(kernel.injected().lines()).containsExactly("spot-interruption: did not happen");
        assertThat(live(kernel, Clusters.GROUP)).isEqualTo(instances(Clusters.healthy()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "managed-spot"})
    void aManagedGroupEmptiesTheNodeAndReplacesItBeforeItEnds(String without) {
        Kernel kernel = open(MANAGED, Map.of(), without);
        Instance hit = instances(MANAGED).get(0);
        Ec2.of(kernel).reclaim(hit.id());
        run(kernel, 118);

        boolean reacts = without.equals("none");
        assertThat(live(kernel, Clusters.GROUP)).contains(hit).hasSize(reacts ? 4 : 3);
        assertThat(node(kernel, hit)).containsEntry("cordoned", reacts);
        assertThat(pods(kernel, hit)).matches(pods -> pods.isEmpty() == reacts);
        run(kernel, 5);

        assertThat(live(kernel, Clusters.GROUP)).doesNotContain(hit).hasSize(reacts ? 3 : 2);
    }

    @Test
    void aSelfManagedGroupReplacesWhatHasEnded() {
        ClusterSnapshot selfManaged = Clusters.with().selfManaged().spot().build();
        Kernel kernel = open(selfManaged, Map.of(), "none");
        Instance hit = instances(selfManaged).get(0);
        Ec2.of(kernel).reclaim(hit.id());
        run(kernel, 119);
        assertThat(live(kernel, Clusters.GROUP)).contains(hit).hasSize(3);
        assertThat(pods(kernel, hit)).isNotEmpty();
        run(kernel, 20);

        assertThat(live(kernel, Clusters.GROUP)).doesNotContain(hit).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "karpenter-interruption"})
    void karpenterEmptiesTheNodeAndLaunchesForWhatFindsNoPlace(String without) {
        ClusterSnapshot production = ProductionCluster.of(50);
        Kernel kernel = open(production, Map.of(), without);
        List<Instance> before = live(kernel, "batch");
        Instance hit = before.get(0);
        assertThat(pods(kernel, hit)).isNotEmpty();
        Ec2.of(kernel).reclaim(hit.id());
        run(kernel, 60);

        boolean reacts = without.equals("none");
        assertThat(pods(kernel, hit)).matches(pods -> pods.isEmpty() == reacts);
        assertThat(kernel.objects()
                        .get("Node", "", NodeTree.name(kernel.snapshot(), hit))
                        .map(n -> Tree.maps(n, "spec", "taints").stream()
                                .anyMatch(t -> "karpenter.sh/disrupted".equals(t.get("key")))))
                .contains(reacts);
        assertThat(live(kernel, "batch")).hasSize(reacts ? before.size() + 1 : before.size());
    }

    private static Kernel open(ClusterSnapshot snapshot, Map<String, String> faults, String without) {
        return Simulation.open(
                        snapshot,
                        new Settings(1, faults),
                        without.equals("none") ? Behaviours.all() : Simulation.without(Behaviours.all(), without))
                .kernel();
    }

    private static List<Instance> instances(ClusterSnapshot snapshot) {
        return snapshot.resources()
                .filter(r -> r.part() == Part.INSTANCES)
                .map(Instance.class::cast)
                .toList();
    }

    private static List<Instance> live(Kernel kernel, String group) {
        Cloud cloud = Cloud.of(kernel);
        return List.copyOf(Scaler.live(cloud, cloud.group(group).orElseThrow()));
    }

    private static List<Map<String, Object>> pods(Kernel kernel, Instance instance) {
        return PodIndexes.of(kernel).on(NodeTree.name(kernel.snapshot(), instance)).stream()
                .filter(p -> !NodeDrain.ofDaemon(p))
                .toList();
    }

    private static Map<String, Boolean> node(Kernel kernel, Instance instance) {
        return kernel.objects()
                .get("Node", "", NodeTree.name(kernel.snapshot(), instance))
                .map(n -> Map.of("cordoned", Tree.flag(n, "spec", "unschedulable")))
                .orElseThrow();
    }

    private static void run(Kernel kernel, int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }
}
