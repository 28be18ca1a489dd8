package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatedClusterTest {

    private final ClusterSnapshot snapshot = Asked.scenario("clean-cluster");

    @TempDir
    private Path folder;

    @Test
    void openedAgainItIsWhatItWas() {
        Map<?, ?> before;
        Instant end;
        try (SimulatedCluster cluster = SimulatedCluster.create(folder, snapshot, new Settings(7, Map.of()))) {
            act(cluster);
            end = cluster.world().time().now();
            before = Map.copyOf(cluster.simulation().kernel().objects().contents());
        }
        try (SimulatedCluster again = SimulatedCluster.reopen(folder, end)) {
            assertThat(again.world().time().now()).isEqualTo(end);
            assertThat(again.simulation().kernel().objects().contents()).isEqualTo(before);
        }
    }

    @Test
    void aCopyTakenLaterGivesOutOtherIds() {
        ClusterSnapshot later = ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt().plusSeconds(1),
                snapshot.resources().toList(),
                snapshot.unknown());
        Settings settings = new Settings(7, Map.of());
        String first = Simulation.open(snapshot, settings).kernel().objects().uid();

        assertThat(Simulation.open(snapshot, settings).kernel().objects().uid()).isEqualTo(first);
        assertThat(Simulation.open(later, settings).kernel().objects().uid()).isNotEqualTo(first);
    }

    @Test
    void anActThatWasOnlyLoggedIsPerformedOnOpening() {
        try (SimulatedCluster cluster = SimulatedCluster.create(folder, snapshot, new Settings(7, Map.of()))) {
            act(cluster);
        }
        try (SimulatedCluster again = SimulatedCluster.reopen(folder, snapshot.takenAt())) {
            assertThat(unschedulable(again.world())).isEqualTo(1);
        }
    }

    @Test
    void aTornLastLineWasNeverPerformed() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.create(folder, snapshot, new Settings(7, Map.of()))) {
            act(cluster);
        }
        Path log = folder.resolve("acts.jsonl");
        String whole = Files.readString(log);
        String torn = "{\"at\":\"2026";
        Files.writeString(log, torn, StandardOpenOption.APPEND);

        // whose line it is, and whether it is being written right now, only the next act under the lock can know
        try (SimulatedCluster again = SimulatedCluster.reopen(folder, snapshot.takenAt())) {
            assertThat(unschedulable(again.world())).isEqualTo(1);
            assertThat(log).content().isEqualTo(whole + torn);
            act(again);
        }
        assertThat(log).content().startsWith(whole).doesNotContain(torn + "{");
        SimulatedCluster.reopen(folder, snapshot.takenAt()).close();
    }

    @Test
    void aBrokenLineIsRefusedWithItsNumber() throws IOException {
        try (SimulatedCluster cluster = SimulatedCluster.create(folder, snapshot, new Settings(7, Map.of()))) {
            act(cluster);
        }
        Path log = folder.resolve("acts.jsonl");
        Files.writeString(log, "nonsense\n" + Files.readString(log));

        assertThatThrownBy(() -> SimulatedCluster.reopen(folder, snapshot.takenAt()))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("line 1 of " + log);
    }

    private static void act(SimulatedCluster cluster) {
        World world = cluster.world();
        Node node = cluster.simulation().kernel().snapshot().nodes().get(0);
        world.time().await(world.time().now().plusSeconds(60));
        world.kubernetes().perform(new CordonNode(node.name(), node.uid()));
        world.kubernetes().perform(restart("web"));
        world.time().await(world.time().now().plusSeconds(5));
        world.kubernetes().perform(restart("cart"));
        world.time().await(world.time().now().plusSeconds(90));
    }

    private static PatchObject restart(String deployment) {
        return new PatchObject(
                ObjectRef.of("apps/v1", "Deployment", "shop", deployment),
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", Map.of("restart", "1"))))),
                Optional.empty());
    }

    private static long unschedulable(World world) {
        return world.kubernetes().read(java.util.Set.of(io.cnishift.api.cluster.Part.NODES)).resources().stream()
                .filter(r -> r instanceof Node node && node.unschedulable())
                .count();
    }
}
