package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.cnishift.adapters.ClusterReader;
import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** Reads a real API server through a kubeconfig, beside an AWS that offers nothing. */
final class K3sReadIT {

    private static final String IMAGE = "rancher/k3s:v1.33.4-k3s1";

    @TempDir
    private static Path folder;

    private static K3sContainer k3s;
    private static HttpServer nothing;
    private static ClusterSnapshot snapshot;

    @BeforeAll
    static void read() throws Exception {
        assumeThat(DockerClientFactory.instance().isDockerAvailable())
                .as("no container engine answers, so there is no K3s to read")
                .isTrue();
        k3s = started();
        inside("wait", "--for=create", "deployment/coredns", "--timeout=180s");
        inside("rollout", "status", "deployment/coredns", "--timeout=180s");
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), k3s.getKubeConfigYaml());
        nothing = withoutAws();
        ClusterTarget target = new ClusterTarget(
                "shop",
                ConnectionSettings.builder()
                        .withRegion(Optional.of("eu-central-1"))
                        .withKubeconfig(Optional.of(kubeconfig))
                        .build());
        try (RealWorlds worlds = new RealWorlds()) {
            snapshot = ClusterReader.read(worlds.open(target), target.toString(), EnumSet.allOf(Part.class));
        }
    }

    private static K3sContainer started() {
        K3sContainer container = new K3sContainer(DockerImageName.parse(IMAGE));
        try {
            container.start();
            return container;
        } catch (ContainerFetchException e) {
            throw new TestAbortedException("the image " + IMAGE + " is not here and cannot be fetched", e);
        }
    }

    private static void inside(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = "kubectl";
        command[1] = "-n";
        command[2] = "kube-system";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        ExecResult result = k3s.execInContainer(command);
        assertThat(result.getExitCode()).as("%s", result.getStderr()).isZero();
    }

    /** Answers as an endpoint that knows no AWS API. */
    private static HttpServer withoutAws() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        settings("http://127.0.0.1:" + server.getAddress().getPort()).forEach(System::setProperty);
        return server;
    }

    private static Map<String, String> settings(String endpoint) {
        return Map.of(
                "aws.endpointUrl", endpoint,
                "aws.accessKeyId", AwsFixture.KEY,
                "aws.secretAccessKey", AwsFixture.KEY);
    }

    @AfterAll
    static void close() {
        settings("").keySet().forEach(System::clearProperty);
        if (nothing != null) {
            nothing.stop(0);
        }
        if (k3s != null) {
            k3s.stop();
        }
    }

    @Test
    void knowsWhatTheApiServerTellsOfItself() {
        assertThat(snapshot.cluster().kubernetesVersion()).isEqualTo("1.33");
        assertThat(snapshot.cluster().endpoint()).startsWith("https://");
        assertThat(snapshot.cluster().kubeSystemUid()).isNotEmpty();
    }

    @Test
    void readsNodesPodsWorkloadsAndServices() {
        assertThat(snapshot.nodes()).isNotEmpty().allMatch(Node::ready);
        assertThat(snapshot.workloads()).extracting(Resource::key).contains("Deployment/kube-system/coredns");
        assertThat(snapshot.pods())
                .filteredOn(p -> p.workload()
                        .filter("Deployment/kube-system/coredns"::equals)
                        .isPresent())
                .isNotEmpty()
                .allMatch(Pod::ready)
                .allMatch(p -> p.address().isPresent());
        assertThat(snapshot.services())
                .extracting(Resource::key)
                .contains("default/kubernetes", "kube-system/kube-dns");
    }

    @Test
    void saysThatAwsIsUnknownAndNothingOfKubernetes() {
        assertThat(snapshot.unknown())
                .extracting(Unknown::part)
                .contains(Part.CLUSTER, Part.SUBNETS, Part.INSTANCES)
                .doesNotContain(Part.NODES, Part.PODS, Part.WORKLOADS, Part.SERVICES);
    }
}
