package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.engine.codec.Codec;
import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.scenario.Scenarios;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster where all is as it should be does nothing. */
final class StillWorldTest {
    /** Made by controllers from what a snapshot does not hold; nothing that anybody sees. */
    private static final Set<String> BOOKKEEPING = Set.of("ControllerRevision");

    static Stream<ClusterSnapshot> snapshots() {
        Scenarios scenarios = new Scenarios(Codec.builder().build());
        // of the generated shape a small one, since scenario.production has the large one stand still
        Stream<String> names = Scenarios.names().stream().map(n -> n.equals("prod-300") ? "prod-50" : n);
        return Stream.concat(names.map(scenarios::snapshot), Stream.of(Clusters.healthy()));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void aHealthyClusterStandsStill(ClusterSnapshot snapshot) {
        KubeWorld world = KubeWorld.of(snapshot);
        ChangeLog log = world.store().log();
        long start = world.store().resourceVersion();

        world.run(3600);

        List<String> changes = log.since(start).orElseThrow().stream()
                .filter(c -> !BOOKKEEPING.contains(c.key().kind()))
                .map(c -> c.type() + " " + c.key())
                .distinct()
                .toList();
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void equalSeedsGiveEqualChangeLogs(ClusterSnapshot snapshot) {
        assertThat(upheaval(snapshot, 3)).isEqualTo(upheaval(snapshot, 3)).isNotEqualTo(upheaval(snapshot, 4));
    }

    private static List<ChangeLog.Entry> upheaval(ClusterSnapshot snapshot, long seed) {
        KubeWorld world = KubeWorld.seeded(snapshot, seed);
        ChangeLog log = world.store().log();
        long start = world.store().resourceVersion();
        world.store().delete("Node", "", world.node(0).name(), java.util.Optional.empty());
        world.run(600);
        return log.since(start).orElseThrow();
    }
}
