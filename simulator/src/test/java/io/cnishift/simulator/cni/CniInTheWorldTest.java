package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The CNIs among controllers, scheduler and kubelets: nothing is done by hand but what a user does. */
final class CniInTheWorldTest {

    private static final Map<String, Object> POOL =
            Map.of("operator", Map.of("clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16")));
    private static final Map<String, Object> SECONDARY = Map.of(
            "ipam", POOL,
            "cni", Map.of("customConf", true, "iptablesRemoveAWSRules", false),
            "operator", Map.of("unmanagedPodWatcher", Map.of("restart", false)));

    private final Simulation simulation = Simulation.open(Clusters.healthy(), new WorldFactory.Settings(7, Map.of()));
    private final Kernel kernel = simulation.kernel();
    private final Dataplane plane = Dataplane.of(kernel);

    @Test
    void theSecondaryInstallMakesEveryAgentReadyAndTakesNothingOver() {
        install("1.18.3", SECONDARY);
        run(300);

        assertThat(Tree.number(daemonSet("cilium"), 0, "status", "numberReady")).isEqualTo(3);
        assertThat(nodes())
                .allMatch(plane::agentReady)
                .allMatch(n -> plane.podCidr(n).isPresent());
        replaceOnePodOf("web");
        run(120);
        assertThat(wirings("web")).hasSize(3).allMatch(w -> w.by() == CniKind.VPC_CNI);
        assertThat(kernel.notModelled().notes()).isEmpty();
    }

    @Test
    void withDefaultsCiliumTakesOverEveryNewPod() {
        install("1.18.3", Map.of("ipam", POOL));
        run(300);
        replaceOnePodOf("web");
        run(120);

        assertThat(wirings("web")).hasSize(3).anyMatch(w -> w.by() == CniKind.CILIUM);
        assertThat(plane.awsSnatRules(nodes().get(0))).isFalse();
    }

    @Test
    void agentsOfAFatalCombinationNeverBecomeReadyAndRecoverWithAnotherUpgrade() {
        install("1.18.3", Map.of("ipam", POOL, "bpf", Map.of("masquerade", true)));
        run(300);
        assertThat(Tree.number(daemonSet("cilium"), 0, "status", "numberReady")).isZero();

        install("1.18.3", SECONDARY);
        run(1200);

        assertThat(Tree.number(daemonSet("cilium"), 0, "status", "numberReady")).isEqualTo(3);
    }

    @Test
    void awsNodePatchedBeforeNodesAreLabelledLeavesNewPodsHanging() {
        kernel.objects()
                .update(
                        "DaemonSet",
                        "kube-system",
                        "aws-node",
                        "test",
                        d -> Trees.with(
                                d,
                                Map.of("io.cilium/aws-node-enabled", "true"),
                                "spec",
                                "template",
                                "spec",
                                "nodeSelector"));
        run(300);
        assertThat(nodes()).allMatch(n -> plane.awsNodeEnv(n).isEmpty());
        replaceOnePodOf("web");
        run(300);

        assertThat(wirings("web")).hasSize(2).allMatch(w -> w.by() == CniKind.VPC_CNI);
        assertThat(kernel.objects().list("Pod", "web").toString())
                .contains("failed to assign an IP address to container");
    }

    @Test
    void aChangedEnvironmentIsInForceWhereTheDaemonSetHasRolledAndThePoolShrinks() {
        int before = freeAddresses();
        kernel.objects().update("DaemonSet", "kube-system", "aws-node", "test", d -> {
            Map<String, Object> container =
                    Tree.maps(d, "spec", "template", "spec", "containers").get(0);
            Map<String, Object> changed = Trees.with(
                    container,
                    List.of(
                            Map.of("name", "WARM_IP_TARGET", "value", "1"),
                            Map.of("name", "MINIMUM_IP_TARGET", "value", "4")),
                    "env");
            return Trees.with(d, List.of(changed), "spec", "template", "spec", "containers");
        });
        run(900);

        assertThat(nodes()).allMatch(n -> plane.awsNodeEnv(n).orElseThrow().containsKey("WARM_IP_TARGET"));
        assertThat(freeAddresses()).isGreaterThan(before);
        assertThat(wirings("web")).hasSize(3);
    }

    private void install(String version, Map<String, Object> values) {
        assertThat(simulation
                        .world()
                        .helm()
                        .perform(new UpgradeRelease("kube-system", "cilium", "cilium/cilium", version, values))
                        .done())
                .isTrue();
    }

    private void run(int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    private Map<String, Object> daemonSet(String name) {
        return kernel.objects().get("DaemonSet", "kube-system", name).orElseThrow();
    }

    private List<String> nodes() {
        return kernel.objects().list("Node").stream()
                .map(n -> ObjectKey.of(n).name())
                .toList();
    }

    private void replaceOnePodOf(String app) {
        Map<String, Object> pod = pods(app).get(0);
        kernel.objects().delete("Pod", "web", ObjectKey.of(pod).name(), java.util.Optional.of(Pods.uid(pod)));
    }

    private List<Map<String, Object>> pods(String app) {
        return kernel.objects().list("Pod", "web").stream()
                .filter(p ->
                        app.equals(Tree.text(p, "metadata", "labels", "app").orElse("")))
                .toList();
    }

    private List<PodWiring> wirings(String app) {
        return pods(app).stream()
                .flatMap(p -> plane.wiring("web", ObjectKey.of(p).name()).stream())
                .toList();
    }

    private int freeAddresses() {
        return io.cnishift.simulator.aws.Cloud.of(kernel)
                .view()
                .all(io.cnishift.api.cluster.Part.SUBNETS, io.cnishift.api.cluster.Subnet.class)
                .stream()
                .mapToInt(io.cnishift.api.cluster.Subnet::freeAddresses)
                .sum();
    }
}
