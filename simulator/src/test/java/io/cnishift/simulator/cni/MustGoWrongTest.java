package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kit.Clusters;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Done wrong it goes wrong, and no longer when the behaviour that makes it so is left out. */
final class MustGoWrongTest {

    /**
     * Something done wrong.
     *
     * @param behaviour what makes it fail
     * @param fails does it and says whether it failed
     */
    record Mistake(String title, String behaviour, Predicate<CniWorld> fails) {
        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake("1 aws-node lost by every node", "aws-node-end", MustGoWrongTest::awsNodeLost),
                new Mistake(
                        "2 BPF masquerade without kube-proxy replacement on 1.18",
                        "cilium-fatal-bpf-masquerade-without-replacement",
                        w -> crashes(w, Map.of("enable-bpf-masquerade", "true"), "")),
                new Mistake(
                        "2 BPF masquerade with masquerading off",
                        "cilium-fatal-bpf-masquerade-without-masquerade",
                        w -> crashes(
                                w,
                                Map.of(
                                        "enable-bpf-masquerade", "true",
                                        "kube-proxy-replacement", "true",
                                        "enable-ipv4-masquerade", "false"),
                                "")),
                new Mistake(
                        "3 a scheme in k8sServiceHost",
                        "cilium-fatal-scheme-in-service-host",
                        w -> crashes(w, Map.of(), "https://abc.eks.amazonaws.com")),
                new Mistake("8 aws-node removed while nodes need it", "aws-node-end", MustGoWrongTest::awsNodeLost),
                new Mistake("9 a pod before Cilium is ready", "cni-conf-order", MustGoWrongTest::tooEarly),
                new Mistake("10 pool too small", "cilium-pod-cidr-needed", MustGoWrongTest::poolTooSmall),
                new Mistake("20 kube-proxy gone on a new node", "cilium-api-server-access", MustGoWrongTest::noProxy),
                new Mistake(
                        "the watcher deletes CoreDNS",
                        "cilium-operator-unmanaged-pods",
                        MustGoWrongTest::coreDnsDeleted),
                new Mistake(
                        "the agent's hook deletes the VPC CNI's rules",
                        "cilium-removes-aws-rules",
                        MustGoWrongTest::rulesDeleted),
                new Mistake("Cilium takes over new pods", "cilium-cni-conf", MustGoWrongTest::takesOver));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void goesWrong(Mistake mistake) {
        assertThat(mistake.fails().test(CniWorld.of(Clusters.healthy()))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void goesWellWithoutTheBehaviour(Mistake mistake) {
        assertThat(mistake.fails().test(CniWorld.without(Clusters.healthy(), mistake.behaviour())))
                .isFalse();
    }

    private static boolean awsNodeLost(CniWorld world) {
        world.endDaemon("aws-node");
        world.run(60);
        return world.nodes().stream()
                .allMatch(n -> world.pod("late" + world.nodes().indexOf(n), n)
                        .fold(w -> "", r -> r.reason())
                        .contains("failed to assign an IP address to container"));
    }

    private static boolean crashes(CniWorld world, Map<String, String> config, String serviceHost) {
        world.ciliumConfig(config);
        world.operator();
        String node = world.node(0);
        world.daemon(
                "cilium",
                node,
                Map.of(
                        "image",
                        "quay.io/cilium/cilium:v1.18.3",
                        "env",
                        serviceHost.isEmpty()
                                ? java.util.List.of()
                                : java.util.List.of(Map.of("name", "KUBERNETES_SERVICE_HOST", "value", serviceHost))));
        boolean crashed = false;
        for (int i = 0; i < 10; i++) {
            world.run(10);
            crashed |= world.crashed(node);
        }
        return crashed && !PodHealth.isReady(world.agentPod(node)) && !world.plane.agentReady(node);
    }

    private static boolean tooEarly(CniWorld world) {
        world.ciliumConfig(Map.of("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist"));
        world.operator();
        String node = world.node(0);
        world.agent(node, "1.18.3");
        world.pod("early", node);
        world.run(120);
        return world.plane.agentReady(node)
                && world.plane
                        .wiring("web", "early")
                        .filter(w -> w.by() == CniKind.VPC_CNI)
                        .isPresent();
    }

    private static boolean poolTooSmall(CniWorld world) {
        world.ciliumConfig(Map.of("cluster-pool-ipv4-cidr", "10.244.0.0/23"));
        world.operator();
        world.nodes().forEach(n -> world.agent(n, "1.18.3"));
        world.run(120);
        return world.nodes().stream()
                .filter(n -> !world.plane.agentReady(n))
                .anyMatch(n -> world.ciliumNode(n)
                        .flatMap(c -> Tree.text(c, "status", "ipam", "operator-status", "error"))
                        .filter(e -> e.contains("exhausted"))
                        .isPresent());
    }

    private static boolean noProxy(CniWorld world) {
        world.ciliumConfig(Map.of("kube-proxy-replacement", "true"));
        world.operator();
        world.endDaemon("kube-proxy");
        String node = world.newNode();
        world.agent(node, "1.18.3");
        world.run(120);
        return !world.plane.agentReady(node);
    }

    private static boolean coreDnsDeleted(CniWorld world) {
        world.ciliumConfig(Map.of("unmanaged-pod-watcher-interval", "15s"));
        world.operator();
        world.run(60);
        return world.kernel.objects().list("Pod", "kube-system").stream()
                .filter(p -> ObjectKey.of(p).name().startsWith("coredns"))
                .anyMatch(p -> Tree.text(p, "metadata", "deletionTimestamp").isPresent());
    }

    private static boolean rulesDeleted(CniWorld world) {
        world.ciliumConfig(Map.of("custom-cni-conf", "true"));
        String node = world.node(0);
        boolean before = world.plane.awsSnatRules(node);
        world.daemon("cilium", node, Map.of("lifecycle", Map.of("postStart", Map.of("exec", Map.of()))));
        world.run(30);
        return before && !world.plane.awsSnatRules(node);
    }

    private static boolean takesOver(CniWorld world) {
        world.ciliumConfig(Map.of(
                "write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist", "cni-exclusive", "false"));
        world.operator();
        String node = world.node(0);
        world.agent(node, "1.18.3");
        world.run(120);
        return CniWorld.chosen(world.pod("late", node)).contains("cilium");
    }
}
