package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the adapters of a real cluster read from the front is what the port inside of the simulator reads, part by part. */
final class FrontReadIT {

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> readsOfTheFrontWhatThePortReads() {
        return Stream.of("clean-cluster", "minnie-wallace", "prod-50")
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> compare(scenario)))
                .toList();
    }

    private void compare(String scenario) {
        ConnectionSettings settings;
        try (Fronted fronted = new Fronted(scenario, folder);
                RealWorlds worlds = new RealWorlds()) {
            settings = ConnectionSettings.builder()
                    .withRegion(Optional.of("eu-central-1"))
                    .withKubeconfig(Optional.of(fronted.kubeconfig()))
                    .build();
            KubernetesPort real =
                    worlds.open(new ClusterTarget("simulated", settings)).kubernetes();
            KubernetesPort simulated = fronted.simulation().world().kubernetes();
            for (Part part : Part.values()) {
                if (part.source() == Part.Source.KUBERNETES) {
                    Reading read = real.read(Set.of(part));
                    assertThat(read.unknown()).as("%s", part).isEmpty();
                    assertThat(sorted(read))
                            .as("%s of %s", part, scenario)
                            .isEqualTo(sorted(simulated.read(Set.of(part))));
                }
            }
        }
    }

    private static List<Resource> sorted(Reading reading) {
        return reading.resources().stream()
                .sorted(Comparator.comparing(Resource::key))
                .toList();
    }
}
