package io.cnishift.simulator.scenario.production;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.snapshot.SnapshotFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated cluster could exist: what its records say of each other fits, and fits what EC2 and Kubernetes allow. */
final class ProductionClusterTest {

    @Test
    void hasWhatItsNameSays() {
        ClusterSnapshot cluster = ProductionCluster.of(300);

        assertThat(cluster.nodes()).hasSize(300);
        assertThat(cluster.pods()).hasSize(9000);
        assertThat(cluster.nodes().stream().map(Node::zone).distinct()).hasSize(3);
        assertThat(cluster.nodeGroups().stream().mapToInt(NodeGroup::maxSize).sum())
                .isEqualTo(340);
        assertThat(cluster.subnets())
                .filteredOn(s -> s.name().contains("-nodes-"))
                .hasSize(3)
                .allSatisfy(s -> assertThat(s.freePrefixBlocks().orElseThrow()).isLessThan(3));
    }

    @Test
    void isTheSameForTheSameNumberOfNodes() {
        assertThat(ProductionCluster.of(60)).isEqualTo(ProductionCluster.of(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 300, 1000})
    void isReadBackFromAFileWithoutAFlaw(int nodes) {
        ClusterSnapshot cluster = ProductionCluster.of(nodes);
        SnapshotFiles files = new SnapshotFiles(Codec.builder().build());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        files.write(cluster, Format.JSON, file);

        ClusterSnapshot read = files.read(Source.of("cluster.json", () -> new ByteArrayInputStream(file.toByteArray())))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));

        assertThat(read).isEqualTo(cluster);
    }

    @Test
    void namesTheLineOfAMistakeDeepInALargeFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cluster.yaml");
        SnapshotFiles files = new SnapshotFiles(Codec.builder().build());
        try (OutputStream out = Files.newOutputStream(file)) {
            files.write(ProductionCluster.of(700), Format.YAML, out);
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int last = lines.size() - 1;
        while (!lines.get(last).equals("    phase: running")) {
            last--;
        }
        lines.set(last, "    phase: walking");
        Files.write(file, lines);

        assertThat(Files.size(file)).isGreaterThan(10_000_000);
        assertThat(last).isGreaterThan(100_000);
        List<Problem> problems = files.read(Source.file(file)).fold(snapshot -> List.of(), found -> found);
        assertThat(problems)
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("walking"),
                        problem -> assertThat(problem.path()).startsWith("pods[20"));
        assertThat(problems.get(0).line()).isEqualTo(last + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 300, 5000})
    void everyAddressIsInItsSubnetAndOfOneInterface(int nodes) {
        ClusterSnapshot cluster = ProductionCluster.of(nodes);
        Map<String, Subnet> subnets = cluster.subnets().stream().collect(Collectors.toMap(Subnet::id, s -> s));
        Map<String, Integer> used = new HashMap<>();
        Set<String> seen = new HashSet<>();

        for (NetworkInterface each : cluster.networkInterfaces()) {
            Subnet subnet = subnets.get(each.subnet());
            used.merge(subnet.id(), each.addresses().size(), Integer::sum);
            for (String address : each.addresses()) {
                assertThat(seen.add(address)).as("%s twice", address).isTrue();
                assertThat(subnet.cidr().contains(address)).isTrue();
            }
        }
        for (Subnet subnet : cluster.subnets()) {
            assertThat(subnet.freeAddresses())
                    .isEqualTo((int) subnet.cidr().size() - 5 - used.getOrDefault(subnet.id(), 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 300})
    void everyPodHasAnAddressOfItsNodeOrABranchInterface(int nodes) {
        ClusterSnapshot cluster = ProductionCluster.of(nodes);
        Map<String, Node> byName = cluster.nodes().stream().collect(Collectors.toMap(Node::name, n -> n));
        Map<String, NetworkInterface> byAddress = new HashMap<>();
        cluster.networkInterfaces().forEach(i -> i.addresses().forEach(a -> byAddress.put(a, i)));
        Set<String> given = new HashSet<>();

        for (Pod pod : cluster.pods()) {
            Node node = byName.get(pod.node().orElseThrow());
            String address = pod.address().orElseThrow();
            if (pod.hostNetwork()) {
                assertThat(address).isEqualTo(node.address());
                continue;
            }
            NetworkInterface face = byAddress.get(address);
            assertThat(given.add(address)).as("%s given twice", address).isTrue();
            if (pod.labels().containsKey(SpecialApps.CLIENT_LABEL)) {
                assertThat(face.type()).isEqualTo("branch");
            } else {
                assertThat(face.instance()).isEqualTo(node.instance());
                assertThat(face.type()).isEqualTo("interface");
                assertThat(face.addresses().indexOf(address)).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 300, 1000})
    void noInstanceHasMoreInterfacesThanItsTypeAllows(int nodes) {
        ClusterSnapshot cluster = ProductionCluster.of(nodes);
        Map<String, List<NetworkInterface>> byInstance = cluster.networkInterfaces().stream()
                .filter(i -> i.instance().isPresent())
                .collect(Collectors.groupingBy(i -> i.instance().orElseThrow()));

        assertThat(cluster.instances()).allSatisfy(instance -> {
            var limits = InstanceTable.embedded().find(instance.type()).orElseThrow();
            List<NetworkInterface> own = byInstance.get(instance.id());
            assertThat(own).hasSizeLessThanOrEqualTo(limits.enis());
            assertThat(own).allSatisfy(i -> assertThat(i.addresses()).hasSizeLessThanOrEqualTo(limits.ipv4PerEni()));
            assertThat(own).filteredOn(i -> i.type().equals("trunk")).hasSize(limits.branchEnis() > 0 ? 1 : 0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 300, 1000})
    void everyNodeHoldsItsPods(int nodes) {
        ClusterSnapshot cluster = ProductionCluster.of(nodes);
        Map<String, List<Pod>> byNode = cluster.pods().stream()
                .collect(Collectors.groupingBy(p -> p.node().orElseThrow()));

        assertThat(cluster.nodes()).allSatisfy(node -> {
            Collection<Pod> pods = byNode.get(node.name());
            assertThat(pods).hasSizeLessThanOrEqualTo(node.maxPods());
            assertThat(pods.stream().mapToLong(Pod::cpuMillis).sum()).isLessThanOrEqualTo(node.cpuMillis());
            assertThat(pods.stream().mapToLong(Pod::memoryMiB).sum()).isLessThanOrEqualTo(node.memoryMiB());
        });
    }
}
