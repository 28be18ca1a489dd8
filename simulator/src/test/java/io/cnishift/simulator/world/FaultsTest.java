package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.CordonNode;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that a user injects by name. */
final class FaultsTest {

    private final ClusterSnapshot snapshot = Asked.scenario("clean-cluster");

    @ParameterizedTest
    @CsvSource({
        "throtle, 0.1, throttle",
        "throttle, 100%, less than all",
        "throttle, lots, 0.1 or 10%",
        "server-errors, -1, 0.1",
        "boot, 300, 300s",
        "boot, 0s, 300s",
        "lost-node, soon, 300s",
        "node-never-joins, 0, a number such as 2",
        "node-never-joins, 200%, 10%",
        "zone-capacity, b:, b:3",
        "zone-capacity, B, b:3",
        "zone-capacity, q, the cluster has the zones eu-central-1a"
    })
    void refusesWhatNothingInjects(String name, String value, String told) {
        assertThatThrownBy(() -> open(Map.of(name, value)))
                .isInstanceOf(MigrationException.class)
                .satisfies(e -> {
                    MigrationException known = (MigrationException) e;
                    assertThat(known.code()).isEqualTo("SIM-FAULT");
                    assertThat(known.getMessage() + known.remedy()).contains(told);
                });
    }

    @ParameterizedTest
    @CsvSource({"throttle, THROTTLED", "server-errors, UNAVAILABLE"})
    void refusesThatShareOfActsAndChangesNothingThen(String fault, ActResult.Reason reason) {
        int refused = 0;
        for (int seed = 1; seed <= 10; seed++) {
            World world = new SimulatedWorlds().open(snapshot, new Settings(seed, Map.of(fault, "0.5")));
            Node node = nodes(world).get(0);
            ActResult result = world.kubernetes().perform(new CordonNode(node.name(), node.uid()));
            boolean cordoned = nodes(world).stream().anyMatch(n -> n.name().equals(node.name()) && n.unschedulable());
            assertThat(cordoned).isEqualTo(result.done());
            refused += result.fold(done -> 0, r -> r.reason() == reason ? 1 : 0);
        }
        assertThat(refused).isBetween(1, 9);
    }

    @Test
    void refusesTheSameActsForTheSameSeed() {
        assertThat(outcomes()).isEqualTo(outcomes()).contains(true, false);
    }

    @Test
    void saysWhatHappenedAndWhatDidNot() {
        World world = open(Map.of("throttle", "50%", "zone-capacity", "b"));
        assertThat(world.injected().get()).containsExactly("throttle: did not happen", "zone-capacity: did not happen");

        for (int i = 0; i < 5; i++) {
            nodes(world).forEach(n -> world.kubernetes().perform(new CordonNode(n.name(), n.uid())));
        }

        assertThat(world.injected().get())
                .hasSize(2)
                .anyMatch(l -> l.startsWith("throttle: an act was refused: too many requests ("))
                .contains("zone-capacity: did not happen");
    }

    @Test
    void ofTwoClustersAreToldOnce() {
        Simulation pair = Simulation.pair(
                Asked.scenario("minnie-wallace"),
                Asked.scenario("minnie-wallace-green"),
                new Settings(1, Map.of("boot", "5m")));
        assertThat(pair.world().injected().get()).containsExactly("boot: did not happen");

        pair.second().orElseThrow().kernel().injected().note("boot", "it was slow");

        assertThat(pair.world().injected().get()).singleElement().asString().startsWith("boot: it was slow (at ");
    }

    @Test
    void areAllDocumented() throws Exception {
        String page = Files.readString(Path.of("../docs/simulator.md"));
        assertThat(Faults.forms().keySet()).allSatisfy(name -> assertThat(page).contains("| `" + name + "="));
    }

    private List<Boolean> outcomes() {
        World world = open(Map.of("throttle", "0.5"));
        List<Boolean> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            for (Node node : nodes(world)) {
                outcomes.add(world.kubernetes()
                        .perform(new CordonNode(node.name(), node.uid()))
                        .done());
            }
        }
        return outcomes;
    }

    private World open(Map<String, String> faults) {
        return new SimulatedWorlds().open(snapshot, new Settings(3, faults));
    }

    private static List<Node> nodes(World world) {
        return world.kubernetes().read(Set.of(Part.NODES)).resources().stream()
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .toList();
    }
}
