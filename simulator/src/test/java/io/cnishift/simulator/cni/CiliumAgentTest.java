package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CiliumAgentTest {

    private static final Map<String, String> OWNS =
            Map.of("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist", "cni-exclusive", "true");

    private final CniWorld world = CniWorld.of(Clusters.healthy());
    private final String node = world.node(0);

    @Test
    void isReadyWithACidrOfThePoolAndWiresNewPodsFromIt() {
        install(OWNS);

        Wiring wiring = world.pod("a", node);

        assertThat(world.plane.podCidr(node)).contains(Cidr.parse("10.244.0.0/24"));
        assertThat(wiring).isEqualTo(new Wiring.Wired("10.244.0.3", "cilium"));
        assertThat(world.kernel
                        .objects()
                        .get("CiliumEndpoint", "web", "a")
                        .flatMap(e -> Tree.text(e, "status", "state")))
                .contains("ready");
        assertThat(world.plane.tunnelPort()).hasValue(8472);
    }

    @Test
    void gives252AddressesOfASlash24AndThenRefuses() {
        install(OWNS);
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < 252; i++) {
            addresses.add(world.pod("p" + i, node).fold(w -> w.address(), r -> r.reason()));
        }

        assertThat(addresses).hasSize(252).allMatch(a -> a.startsWith("10.244.0."));
        assertThat(world.pod("one-more", node)).isInstanceOf(Wiring.Refused.class);
    }

    @Test
    void readsItsConfigurationWhenItStartsAndNotLater() {
        install(Map.of("custom-cni-conf", "true"));
        world.ciliumConfig(OWNS);
        world.run(600);
        assertThat(world.plane.agentConfig(node).orElseThrow()).containsEntry("custom-cni-conf", "true");
        assertThat(CniWorld.chosen(world.pod("a", node))).containsExactly("aws-cni");

        world.endDaemon("cilium");
        world.agent(node, "1.18.3");
        world.run(60);

        assertThat(CniWorld.chosen(world.pod("b", node))).containsExactly("cilium");
        assertThat(world.plane.wiring("web", "a").orElseThrow().by()).isEqualTo(CniKind.VPC_CNI);
    }

    @Test
    void takesWhatACiliumNodeConfigSaysForItsNodeAlone() {
        Map<String, Object> labels = Map.of("matchLabels", Map.of("takeover", "true"));
        Map<String, Object> metadata = Map.of("namespace", "kube-system", "name", "takeover");
        world.kernel
                .objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "cilium.io/v2",
                                "kind",
                                "CiliumNodeConfig",
                                "metadata",
                                metadata,
                                "spec",
                                Trees.of(
                                        "nodeSelector",
                                        labels,
                                        "defaults",
                                        Map.of(
                                                "custom-cni-conf",
                                                "false",
                                                "write-cni-conf-when-ready",
                                                "/host/etc/cni/net.d/05-cilium.conflist"))),
                        "test");
        world.kernel
                .objects()
                .update("Node", "", node, "test", n -> Trees.with(n, "true", "metadata", "labels", "takeover"));
        world.ciliumConfig(Map.of("custom-cni-conf", "true"));
        world.operator();
        world.agent(node, "1.18.3");
        world.agent(world.node(1), "1.18.3");
        world.run(120);

        assertThat(CniWorld.chosen(world.pod("a", node))).containsExactly("cilium");
        assertThat(CniWorld.chosen(world.pod("b", world.node(1)))).containsExactly("aws-cni");
    }

    @Test
    void leavesItsConfigurationBehindSoThatNewPodsAreRefused() {
        install(OWNS);
        world.endDaemon("cilium");
        world.run(60);

        assertThat(world.pod("a", node).<String>fold(w -> "", r -> r.reason())).contains("is the agent running?");
        assertThat(world.kernel.podNetwork().notReadyReason(node)).isEmpty();
    }

    @Test
    void takesItsConfigurationAwayWithUninstallAndTheRenamedOneDoesNotComeBack() {
        install(Map.of(
                "write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist",
                "cni-exclusive", "true",
                "cni-uninstall", "true"));
        world.endDaemon("cilium");

        assertThat(world.kernel.podNetwork().notReadyReason(node).orElseThrow()).contains("cni plugin not initialized");
        assertThat(world.kernel.podNetwork().notReadyReason(world.node(1))).isEmpty();
    }

    @Test
    void chainedItAsksIpamdForTheAddressAndManagesThePod() {
        install(Map.of(
                "write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist",
                "cni-exclusive", "false",
                "cni-chaining-mode", "aws-cni"));

        world.pod("a", node);

        PodWiring wiring = world.plane.wiring("web", "a").orElseThrow();
        assertThat(wiring.by()).isEqualTo(CniKind.VPC_CNI);
        assertThat(wiring.managedByCilium()).isTrue();
        assertThat(wiring.address()).startsWith("10.0.");
    }

    @Test
    void bpfMasqueradeAloneIsFineFrom119On() {
        world.ciliumConfig(Map.of("enable-bpf-masquerade", "true"));
        world.operator();
        world.agent(node, "1.19.6");
        world.run(120);

        assertThat(world.plane.agentReady(node)).isTrue();
    }

    @Test
    void aCrashedAgentReadsTheCorrectedConfigurationAndRecovers() {
        world.ciliumConfig(Map.of("enable-bpf-masquerade", "true"));
        world.operator();
        world.agent(node, "1.18.3");
        world.run(60);
        assertThat(world.plane.agentReady(node)).isFalse();

        world.ciliumConfig(Map.of());
        world.run(600);

        assertThat(world.plane.agentReady(node)).isTrue();
        assertThat(PodHealth.isReady(world.agentPod(node))).isTrue();
    }

    @Test
    void theOperatorTaintsANodeWhoseAgentIsNotReadyAndFreesItLater() {
        world.ciliumConfig(Map.of("enable-bpf-masquerade", "true"));
        world.operator();
        world.agent(node, "1.18.3");
        world.run(30);
        assertThat(taints()).contains("node.cilium.io/agent-not-ready");

        world.ciliumConfig(Map.of());
        world.run(600);

        assertThat(taints()).isEmpty();
    }

    @Test
    void kubeProxyGoneLeavesRulesThatGrowStaleUntilCiliumReplacesIt() {
        assertThat(world.plane.services(node).kept()).isEqualTo(ServiceRules.Kept.CURRENT);
        world.run(60);
        world.endDaemon("kube-proxy");
        ServiceRules stale = world.plane.services(node);
        assertThat(stale.kept()).isEqualTo(ServiceRules.Kept.STALE);
        assertThat(stale.reach(Clusters.TAKEN_AT)).isTrue();
        assertThat(stale.reach(world.kernel.clock().now())).isFalse();

        install(Map.of("kube-proxy-replacement", "true"));

        assertThat(world.plane.services(node).kept()).isEqualTo(ServiceRules.Kept.CURRENT);
        assertThat(world.plane.services(world.node(1)).kept()).isEqualTo(ServiceRules.Kept.STALE);
    }

    @Test
    void aNodeWithoutAnyCniIsNotReady() {
        String fenced = world.newNode();
        world.run(600);

        assertThat(world.kernel.podNetwork().notReadyReason(fenced).orElseThrow())
                .contains("cni plugin not initialized");
        assertThat(world.pod("a", fenced)).isInstanceOf(Wiring.Refused.class);
    }

    @Test
    void anEndedPodGivesItsAddressBackAndLosesItsEndpoint() {
        install(OWNS);
        world.pod("a", node);
        world.end(new io.cnishift.simulator.ObjectKey("Pod", "web", "a"));

        assertThat(world.plane.wiring("web", "a")).isEmpty();
        assertThat(world.kernel.objects().get("CiliumEndpoint", "web", "a")).isEmpty();
    }

    private void install(Map<String, String> config) {
        world.ciliumConfig(config);
        world.operator();
        world.agent(node, "1.18.3");
        world.run(120);
        assertThat(world.plane.agentReady(node)).isTrue();
    }

    private List<String> taints() {
        return Tree.maps(world.kernel.objects().get("Node", "", node).orElseThrow(), "spec", "taints").stream()
                .map(t -> String.valueOf(t.get("key")))
                .toList();
    }
}
