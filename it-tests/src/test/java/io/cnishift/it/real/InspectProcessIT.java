package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The program itself, as a process: reads a live API server and an emulated AWS, then works offline on what it saved. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, providers = GivenPeers.class)
final class InspectProcessIT {

    @RegisterExtension
    static final EmulatedAws AWS = new EmulatedAws();

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");
    private static final int PODS = 1_201;

    @TempDir
    private static Path folder;

    private static FakeApiServer server;
    private static AwsFixture aws;

    @BeforeAll
    static void serve() throws IOException {
        aws = new AwsFixture(AWS.url());
        aws.make();
        server = new FakeApiServer()
                .with("/apis", Map.of("kind", "APIGroupList", "groups", List.of()))
                .with(
                        "/api/v1/namespaces/kube-system",
                        Map.of("metadata", Map.of("name", "kube-system", "uid", "uid-1")))
                .list("/api/v1/namespaces", "Namespace", List.of(Map.of("metadata", Map.of("name", "shop"))))
                .list("/api/v1/nodes", "Node", nodes(aws.instances()))
                .list("/api/v1/pods", "Pod", pods(aws.instances().size()))
                .forbids("/apis/apps/v1/daemonsets");
        server.kubeconfig(folder);
    }

    @AfterAll
    static void close() {
        if (aws != null) {
            aws.close();
            server.close();
        }
    }

    @Test
    void whatItReadsItSavesAndWorksOnOffline() throws Exception {
        String json = run(
                AWS.url(),
                "inspect",
                "--cluster",
                "eks:" + AwsFixture.CLUSTER,
                "--region",
                AwsFixture.REGION,
                "--kubeconfig",
                "kubeconfig",
                "--out",
                "saved.yaml",
                "-o",
                "json",
                "--verbose");
        assertThat(Files.readString(folder.resolve("err")))
                .contains("cnishift: ec2:DescribeVpcs: 1 call, ", "cnishift: list pods: ");
        Map<?, ?> snapshot = (Map<?, ?>) document(json).get("snapshot");
        assertThat(((List<?>) snapshot.get("pods")).size())
                .as("all pods but the one whose node is gone")
                .isEqualTo(PODS - 1);
        assertThat(unknownParts(snapshot))
                .containsExactlyInAnyOrder(
                        "access-entries",
                        "addons",
                        "dns-records",
                        "neighbours",
                        "objects",
                        "pod-identities",
                        "roles",
                        "workloads");

        // Nothing of the machine is asked any more: the emulator's address is not known.
        assertThat(document(run(NOWHERE, "inspect", "--cluster", "saved.yaml", "-o", "json"))
                        .get("snapshot"))
                .isEqualTo(snapshot);
        assertThat((List<?>) document(run(NOWHERE, "compare", "--cluster", "saved.yaml", "-o", "json"))
                        .get("strategies"))
                .hasSizeGreaterThan(5);
    }

    private static List<String> unknownParts(Map<?, ?> snapshot) {
        return ((List<?>) snapshot.get("unknown"))
                .stream().map(gap -> ((Map<?, ?>) gap).get("part").toString()).toList();
    }

    private static Map<?, ?> document(String json) {
        return (Map<?, ?>) Codec.builder()
                .build()
                .read(Object.class, Source.text("stdout", json))
                .value()
                .orElseThrow();
    }

    private static String run(URI at, String... arguments) throws IOException, InterruptedException {
        Program.End end = new Program(folder, at).run(3, arguments);
        assertThat(end.code()).as("%s", end).isZero();
        return end.out();
    }

    /** Nodes of these instances; the first has just joined and reports nothing yet. */
    private static List<Map<String, Object>> nodes(List<String> instances) {
        Map<String, Object> size = Map.of("cpu", "1930m", "memory", "7100Mi", "pods", "58");
        return IntStream.range(0, instances.size())
                .mapToObj(i -> Map.<String, Object>of(
                        "metadata", Map.of("name", "node-" + i),
                        "spec", Map.of("providerID", "aws:///eu-central-1a/" + instances.get(i)),
                        "status", i == 0 ? Map.of() : Map.of("capacity", size, "allocatable", size)))
                .toList();
    }

    /** Pods on these nodes, and one on a node that no list has. */
    private static List<Map<String, Object>> pods(int nodes) {
        return IntStream.range(0, PODS)
                .mapToObj(i -> Map.<String, Object>of(
                        "metadata", Map.of("namespace", "shop", "name", "pod-" + i, "uid", "uid-" + i),
                        "spec", Map.of("nodeName", i == 0 ? "node-gone" : "node-" + i % nodes)))
                .toList();
    }
}
