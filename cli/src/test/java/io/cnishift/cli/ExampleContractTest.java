package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kit.Contract;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The strategy of examples/strategy-max-eni keeps what every strategy promises: through the add-on, and where there is none. */
final class ExampleContractTest {

    @TempDir
    private static Path folder;

    private static URLClassLoader loader;

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() throws IOException {
        loader = new URLClassLoader(
                new URL[] {ExampleJar.into(folder).toUri().toURL()}, MigrationStrategy.class.getClassLoader());
        MigrationStrategy example = ServiceLoader.load(MigrationStrategy.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .findFirst()
                .orElseThrow()
                .get();
        return Contract.of(example)
                .with(Map.of("maxEni", 1))
                .on("clean-cluster")
                .on(
                        "nodes without an idle interface",
                        Clusters.with().env("WARM_ENI_TARGET", "0").build())
                .on("clean-cluster without the add-on", withoutAddon(Asked.scenario("clean-cluster")))
                .checks()
                .stream()
                .map(check -> dynamicTest(
                        check.name(), () -> assertThat(check.violations()).isEmpty()));
    }

    private static ClusterSnapshot withoutAddon(ClusterSnapshot cluster) {
        List<Resource> rest = cluster.resources()
                .filter(r -> !(r.part() == Part.ADDONS && r.key().equals("vpc-cni")))
                .toList();
        return ClusterSnapshot.of(cluster.source(), cluster.takenAt(), rest, List.of());
    }
}
