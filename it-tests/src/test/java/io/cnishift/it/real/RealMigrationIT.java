package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.cnishift.it.node.NodeSide;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The whole overlay migration as a user runs it, on a real control plane and an emulated AWS: etcd, API server, controllers and
 * scheduler are real, and so is Helm; machines are the emulator's, and what nodes would do the node side of the tests does.
 */
@ResourceLock(providers = GivenPeers.class)
final class RealMigrationIT {

    private static final String CLUSTER = "real-shop";
    private static final String POD_RANGE = "10.244.";
    private static final int MINUTES = 30;

    @TempDir
    private Path folder;

    private static final int TRIES = 600;
    private static final long PAUSE_MILLIS = 200;
    private static final int PARKED = 5;
    private static final int TESTS = 2;
    private static final AtomicInteger PASSED = new AtomicInteger();

    private final List<AutoCloseable> open = new ArrayList<>();
    private KubernetesClient client;
    private ScalingCluster machines;
    private Program program;
    private Path kubeconfig;
    private Path chart;

    @BeforeEach
    void standsThere(TestInfo test) throws Exception {
        RealControlPlane.absent().ifPresent(Assumptions::abort);
        Emulator.absent().ifPresent(Assumptions::abort);
        boolean first = test.getTestMethod().orElseThrow().getName().startsWith("goesThrough");
        Assumptions.assumeTrue(
                first || !RealControlPlane.given(),
                "a control plane that is given is not made empty for a second migration");
        RealControlPlane plane = opened(RealControlPlane.open(folder.resolve("plane")));
        kubeconfig = plane.kubeconfig();
        Emulator emulator = opened(Emulator.start());
        AwsGaps aws = opened(new AwsGaps(emulator.url()));
        machines = opened(new ScalingCluster(new AwsClients(aws.url()), CLUSTER));
        machines.make();
        client = opened(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build());
        assertThat(client.nodes().list().getItems())
                .as("nodes of the control plane, to which the test brings its own: give one that is empty")
                .isEmpty();
        ShopObjects.system(client);
        ShopObjects.application(client, "web", 3);
        ShopObjects.application(client, "cart", 2);
        opened(NodeSide.start(client, machines));
        program = new Program(Files.createDirectories(folder.resolve("user")), aws.url());
        chart = CiliumChart.in(folder);
        await("every pod is ready", () -> pods().size() >= 13 && pods().stream().allMatch(RealMigrationIT::ready));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(0, resource);
        return resource;
    }

    /** All of it, even where one does not end well: processes would be left. */
    @AfterEach
    void close() {
        assertAll(open.stream().<Executable>map(resource -> resource::close));
    }

    @Test
    void goesThroughAHoldAndPastItWhileTheClusterIsUsed() throws Exception {
        plan();
        Program.End held = on(MINUTES, "apply", "--yes", "plan.yaml");
        assertThat(held.code()).as("%s", held).isEqualTo(PARKED);
        assertThat(held.out() + held.err()).contains("remove-vpc-cni");
        assertThat(daemonSet("aws-node")).isNotNull();

        ShopObjects.application(client, "search", 2);
        client.apps().deployments().inNamespace("shop").withName("cart").scale(4);
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("web")
                .rolling()
                .restart();
        Program.End done = on(MINUTES, "resume", "--past", "remove-vpc-cni");
        assertThat(done.code()).as("%s", done).isZero();
        assertThat(done.out()).contains("succeeded").contains("complete");

        assertThat(daemonSet("aws-node")).isNull();
        assertThat(running("shop")).hasSize(3 + 4 + 2);
        assertThat(addressesOffTheHost()).isNotEmpty().allMatch(address -> address.startsWith(POD_RANGE));
        assertThat(machines.groups()).containsExactly(ScalingCluster.GROUP + "-overlay");
        Program.End verified = on(MINUTES, "verify");
        assertThat(verified.code()).as("%s", verified).isZero();
        PASSED.incrementAndGet();
    }

    @Test
    void goesBackFromTheMiddleOfTheRoll() throws Exception {
        Standing before = Standing.of(client, machines);
        plan();
        Program.End parked = on(MINUTES, "apply", "--yes", "--nodes", "1", "plan.yaml");
        assertThat(parked.code()).as("%s", parked).isEqualTo(PARKED);
        assertThat(addressesOffTheHost()).anyMatch(address -> address.startsWith(POD_RANGE));

        Program.End back = on(MINUTES, "rollback", "--yes");
        assertThat(back.code()).as("%s", back).isZero();
        assertThat(Standing.of(client, machines).words()).containsExactlyElementsOf(before.words());
        assertThat(running("shop")).hasSize(3 + 2);
        assertThat(addressesOffTheHost()).isNotEmpty().noneMatch(address -> address.startsWith(POD_RANGE));
        PASSED.incrementAndGet();
    }

    /** For the judgement on a commit, in which a migration that did not run must not look like one that did. */
    @AfterAll
    static void tell() {
        System.out.println("real control plane: " + PASSED.get() + " of " + TESTS + " migrations passed"
                + RealControlPlane.absent()
                        .or(Emulator::absent)
                        .map(why -> " (" + why + ")")
                        .orElse(""));
    }

    private DaemonSet daemonSet(String name) {
        return client.apps()
                .daemonSets()
                .inNamespace("kube-system")
                .withName(name)
                .get();
    }

    private List<Pod> running(String namespace) {
        return pods().stream()
                .filter(p -> p.getMetadata().getNamespace().equals(namespace) && ready(p))
                .toList();
    }

    private List<String> addressesOffTheHost() {
        return pods().stream()
                .filter(p -> !Boolean.TRUE.equals(p.getSpec().getHostNetwork()))
                .map(p -> p.getStatus().getPodIP())
                .toList();
    }

    private void plan() throws IOException, InterruptedException {
        Program.End end = on(
                3,
                "plan",
                "--strategy",
                "overlay",
                "--set",
                "ciliumVersion=" + CiliumChart.VERSION,
                "--out",
                "plan.yaml");
        assertThat(end.code()).as("%s", end).isZero();
    }

    /** A command on the cluster. */
    private Program.End on(int minutes, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--cluster", "eks:" + CLUSTER, "--region", AwsClients.REGION));
        words.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        if (!command[0].equals("verify")) {
            words.addAll(List.of("--chart", chart.toString(), "--helm", "embedded"));
        }
        return program.run(minutes, words.toArray(String[]::new));
    }

    private List<Pod> pods() {
        return client.pods().inAnyNamespace().list().getItems();
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private static void await(String what, BooleanSupplier so) {
        for (int i = 0; i < TRIES; i++) {
            if (so.getAsBoolean()) {
                return;
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
        throw new AssertionError("it did not come to pass that " + what);
    }
}
