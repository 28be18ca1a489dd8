package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.codec.Codec;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.scenario.Scenarios;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is put into a world is what is read from it before time runs. */
final class RoundTripTest {

    static Stream<ClusterSnapshot> snapshots() {
        Scenarios scenarios = new Scenarios(Codec.builder().build());
        return Stream.concat(Scenarios.names().stream().map(scenarios::snapshot), Stream.of(Clusters.healthy()));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void readsBackEveryKubernetesRecordOfTheSnapshot(ClusterSnapshot snapshot) {
        Kernel kernel = new Kernel(snapshot, new Settings(1, Map.of()));
        Hydration.fill(kernel);
        SimKubernetesPort port = new SimKubernetesPort(kernel);

        for (Part part : kubernetesParts()) {
            List<Resource> expected = snapshot.resources()
                    .filter(r -> r.part() == part)
                    .sorted(Comparator.comparing(Resource::key))
                    .toList();
            List<Resource> read = port.read(Set.of(part)).resources().stream()
                    .sorted(Comparator.comparing(Resource::key))
                    .toList();
            assertThat(read).as("%s", part).containsExactlyElementsOf(expected);
        }
    }

    private static Set<Part> kubernetesParts() {
        return Arrays.stream(Part.values())
                .filter(p -> p.source() == Part.Source.KUBERNETES)
                .collect(Collectors.toSet());
    }
}
