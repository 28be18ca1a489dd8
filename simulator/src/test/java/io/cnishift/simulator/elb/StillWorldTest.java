package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.aws.AwsBehaviours;
import io.cnishift.simulator.cni.CniBehaviours;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.net.NetBehaviours;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a cluster with nothing wrong nothing happens by itself. */
final class StillWorldTest {

    @ParameterizedTest
    @CsvSource({"minnie-wallace,3", "govcloud-26,2", "clean-cluster,0"})
    void leavesABundledClusterAsItIs(String name, int count) {
        staysStill(Asked.scenario(name), count);
    }

    @Test
    void leavesTheHealthyClusterAsItIs() {
        staysStill(Clusters.healthy(), 1);
        staysStill(Clusters.with().targetType("instance").build(), 1);
        staysStill(Clusters.with().publicSubnets().tcpOnlyBetweenNodes().build(), 1);
    }

    private static void staysStill(ClusterSnapshot snapshot, int count) {
        List<Behaviour> behaviours = Stream.of(
                        AwsBehaviours.all(), CniBehaviours.all(), NetBehaviours.all(), ElbBehaviours.all())
                .flatMap(List::stream)
                .toList();
        Simulation simulation = Simulation.open(snapshot, new WorldFactory.Settings(1, Map.of()), behaviours);
        World world = simulation.world();
        Set<Part> parts = Set.of(
                Part.TARGET_GROUPS,
                Part.LOAD_BALANCERS,
                Part.NETWORK_INTERFACES,
                Part.SUBNETS,
                Part.INSTANCES,
                Part.NODE_GROUPS,
                Part.SECURITY_GROUPS);
        List<Resource> before = world.aws().read(parts).resources();

        simulation.kernel().clock().runUntil(snapshot.takenAt().plus(Duration.ofHours(1)));

        Paths paths = new Paths(simulation.kernel());
        assertThat(paths.all())
                .allSatisfy(p -> assertThat(paths.state(p).lost()).isEmpty())
                .hasSize(count);
        assertThat(world.violations().get()).isEmpty();
        assertThat(world.aws().read(parts).resources())
                .filteredOn(r -> !before.contains(r))
                .isEmpty();
    }
}
