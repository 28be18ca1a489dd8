package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Codec;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A scenario twice: behind its front, reached by the adapters of a real cluster; and in this process, reached by its own port. */
final class Twins implements AutoCloseable {
    private final Fronted fronted;
    private final RealWorlds worlds = new RealWorlds();
    private final World real;
    private final KubernetesPort inside;

    Twins(String scenario, Path folder) {
        fronted = new Fronted(scenario, folder);
        ConnectionSettings settings = ConnectionSettings.builder()
                .withRegion(Optional.of("eu-central-1"))
                .withKubeconfig(Optional.of(fronted.kubeconfig()))
                .build();
        real = worlds.open(new ClusterTarget("simulated", settings));
        inside = Simulation.open(
                        new Scenarios(Codec.builder().build()).snapshot(scenario),
                        new WorldFactory.Settings(1, Map.of()))
                .world()
                .kubernetes();
    }

    World real() {
        return real;
    }

    Fronted fronted() {
        return fronted;
    }

    /** A resource of a part, as the scenario begins. */
    <R extends Resource> List<R> all(Part part, Class<R> type) {
        return inside.read(Set.of(part)).resources().stream().map(type::cast).toList();
    }

    /** Performs an act on both; what stood there before, the result and what stands there after are the same. */
    ActResult perform(Act act) {
        assertThat(plain(real.kubernetes().before(act))).as("before %s", act).isEqualTo(plain(inside.before(act)));
        ActResult expected = inside.perform(act);
        ActResult result = real.kubernetes().perform(act);
        assertThat(told(result)).as("%s: %s", act, result).isEqualTo(told(expected));
        assertThat(plain(real.kubernetes().before(act))).as("after %s", act).isEqualTo(plain(inside.before(act)));
        return result;
    }

    /** What was made, or why it was refused: the words are the server's own. */
    private static Object told(ActResult result) {
        return result.fold(done -> plain(done.produced()), ActResult.Refused::reason);
    }

    /** One tree, however its numbers came. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            map.forEach((key, of) -> plain.put(String.valueOf(key), plain(of)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Twins::plain).toList();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    @Override
    public void close() {
        worlds.close();
        fronted.close();
    }
}
