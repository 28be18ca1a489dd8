package io.cnishift.simulator.scenario.production;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Left alone, the generated cluster stays as it is: what a rehearsal reports, the migration did. */
final class SteadyTest {

    /** Made by controllers from what a snapshot does not hold; nothing that anybody sees. */
    private static final Set<String> BOOKKEEPING = Set.of("ControllerRevision");

    @ParameterizedTest
    @ValueSource(ints = {50, 300})
    void nothingHappensInHalfAnHour(int nodes) {
        ClusterSnapshot snapshot = ProductionCluster.of(nodes);
        Simulation simulation = Simulation.open(snapshot, new Settings(1, Map.of()));
        ObjectStore objects = simulation.kernel().objects();
        ChangeLog log = objects.log();
        long start = objects.resourceVersion();

        simulation.kernel().clock().pass(Duration.ofMinutes(30));

        List<String> changes = log.since(start).orElseThrow().stream()
                .filter(c -> !BOOKKEEPING.contains(c.key().kind()))
                .map(c -> c.type() + " " + c.key())
                .distinct()
                .toList();
        assertThat(changes).isEmpty();
        assertThat(simulation.kernel().incidents().findings()).isEmpty();
        assertThat(resources(Snapshots.of(simulation.world(), snapshot.source())))
                .isEqualTo(resources(snapshot));
    }

    private static Set<Resource> resources(ClusterSnapshot snapshot) {
        return snapshot.resources().collect(Collectors.toSet());
    }
}
