package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OverlayValuesTest {

    private static final OverlayInput ROUTED =
            OverlayInput.of(CiliumVersion.parse("1.20"), List.of(Cidr.parse("10.244.0.0/16")), 24);

    private static final OverlayInput ISOLATED = ROUTED.withCoexistence(Coexistence.ISOLATED);

    private static final String HOST = "ABCDEF.gr7.ap-south-1.eks.amazonaws.com";

    @Test
    void secondaryNeitherWritesACniFileNorTouchesTheVpcCni() {
        Values values = OverlayValues.secondary(ROUTED).values();
        assertThat(values.leaves())
                .containsEntry("cni.customConf", true)
                .containsEntry("cni.iptablesRemoveAWSRules", false)
                .containsEntry("operator.unmanagedPodWatcher.restart", false)
                .containsEntry("policyEnforcementMode", "never")
                .containsEntry("bpf.hostLegacyRouting", true)
                .containsEntry("bpf.masquerade", false)
                .containsEntry("kubeProxyReplacement", "false")
                .containsEntry("enableIPv4Masquerade", true)
                .containsEntry("routingMode", "tunnel")
                .containsEntry("tunnelProtocol", "vxlan")
                .containsEntry("ipam.mode", "cluster-pool")
                .containsEntry("ipam.operator.clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16"))
                .containsEntry("ipam.operator.clusterPoolIPv4MaskSize", 24)
                .containsEntry("upgradeCompatibility", "1.20")
                .doesNotContainKeys("k8sServiceHost", "affinity.podAntiAffinity");
    }

    @Test
    void nodeConfigTakesNewNodesOverWhenTheirAgentStarts() {
        NodeConfig config = OverlayValues.ciliumNodeConfig(ROUTED).orElseThrow();
        assertThat(config.defaults())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "custom-cni-conf", "false",
                        "write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist",
                        "cni-chaining-mode", "none",
                        "cni-exclusive", "true"));
        assertThat(config.selects(Map.of("io.cilium.migration/cilium-default", "true", "zone", "a")))
                .isTrue();
        assertThat(config.selects(Map.of("io.cilium/aws-node-enabled", "true"))).isFalse();
        assertThat(config.manifest())
                .containsEntry("apiVersion", "cilium.io/v2")
                .containsEntry("kind", "CiliumNodeConfig")
                .containsEntry("metadata", Map.of("name", "cilium-default", "namespace", "kube-system"));
    }

    @Test
    void nodeConfigSharesTheCniDirectoryWhenTheUserDoes() {
        Values user = Values.empty().with("cni.exclusive", false);
        assertThat(OverlayValues.ciliumNodeConfig(ROUTED, user).orElseThrow().defaults())
                .containsEntry("cni-exclusive", "false");
    }

    @Test
    void newNodesWithoutKubeProxyAreServedFromTheStartAndStayServedInTheSteadyState() {
        OverlayInput input = ROUTED.withKubeProxyReplacement(KubeProxyReplacement.NEW_NODES, HOST);
        assertThat(OverlayValues.secondary(input).values().leaves())
                .containsEntry("kubeProxyReplacement", "false")
                .containsEntry("k8sServiceHost", HOST)
                .containsEntry("k8sServicePort", "443");
        assertThat(OverlayValues.ciliumNodeConfig(input).orElseThrow().defaults())
                .containsEntry("kube-proxy-replacement", "true")
                .containsEntry("kube-proxy-replacement-healthz-bind-address", "0.0.0.0:10256");
        assertThat(OverlayValues.steady(input).values().leaves())
                .containsEntry("kubeProxyReplacement", "true")
                .containsEntry("k8sServiceHost", HOST)
                .containsEntry("bpf.masquerade", false);
        assertThat(OverlayValues.kubeProxyReplacement(input).values().leaves()).containsEntry("bpf.masquerade", true);
    }

    @Test
    void isolatedKeepsAgentsAndProxiesOffOldNodesAndTheChartsOwnRules() {
        PhaseValues phase = OverlayValues.secondary(ISOLATED);
        Object notOld = Map.of("key", "io.cilium/aws-node-enabled", "operator", "NotIn", "values", List.of("true"));
        assertThat(phase.values()
                        .get("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"))
                .contains(List.of(Map.of("matchExpressions", List.of(notOld))));
        assertThat(phase.values().get("affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution"))
                .contains(List.of(Map.of(
                        "topologyKey",
                        "kubernetes.io/hostname",
                        "labelSelector",
                        Map.of("matchLabels", Map.of("k8s-app", "cilium")))));
        assertThat(
                        phase.values()
                                .get(
                                        "envoy.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"))
                .contains(List.of(Map.of(
                        "matchExpressions",
                        List.of(
                                Map.of("key", "cilium.io/no-schedule", "operator", "NotIn", "values", List.of("true")),
                                notOld))));
        assertThat(phase.values().leaves())
                .containsEntry("cni.customConf", false)
                .containsEntry("operator.unmanagedPodWatcher.restart", false)
                .doesNotContainKeys("bpf.hostLegacyRouting", "cni.iptablesRemoveAWSRules");
        assertThat(OverlayValues.ciliumNodeConfig(ISOLATED)).isEmpty();
    }

    @Test
    void isolatedNewNodesWithoutKubeProxyNeedNoNodeConfig() {
        OverlayInput input = ISOLATED.withKubeProxyReplacement(KubeProxyReplacement.NEW_NODES, HOST);
        assertThat(OverlayValues.secondary(input).values().leaves())
                .containsEntry("kubeProxyReplacement", "true")
                .containsEntry("k8sServiceHost", HOST);
    }

    @Test
    void steadyUndoesWhatCoexistenceNeeded() {
        for (OverlayInput input : List.of(ROUTED, ISOLATED)) {
            assertThat(OverlayValues.steady(input).values().leaves())
                    .containsEntry("cni.customConf", false)
                    .containsEntry("cni.iptablesRemoveAWSRules", true)
                    .containsEntry("operator.unmanagedPodWatcher.restart", true)
                    .containsEntry("policyEnforcementMode", "default")
                    .containsEntry("bpf.hostLegacyRouting", true)
                    .doesNotContainKey("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
        }
    }

    @Test
    void hubbleUiBringsTheRelayThatItNeeds() {
        assertThat(OverlayValues.hubble(ROUTED.withHubble(HubbleLevel.UI))
                        .values()
                        .leaves())
                .containsEntry("hubble.enabled", true)
                .containsEntry("hubble.relay.enabled", true)
                .containsEntry("hubble.ui.enabled", true);
        assertThat(OverlayValues.hubble(ROUTED.withHubble(HubbleLevel.RELAY))
                        .values()
                        .leaves())
                .containsEntry("hubble.relay.enabled", true)
                .containsEntry("hubble.ui.enabled", false);
    }

    @Test
    void hubbleKeepsKubeProxyReplacementThatWasSwitchedOnBefore() {
        OverlayInput input =
                ROUTED.withHubble(HubbleLevel.RELAY).withKubeProxyReplacement(KubeProxyReplacement.AFTER, HOST);
        assertThat(OverlayValues.hubble(input).values().leaves())
                .containsEntry("kubeProxyReplacement", "true")
                .containsEntry("bpf.masquerade", true);
        assertThat(OverlayValues.steady(input).values().leaves())
                .containsEntry("kubeProxyReplacement", "false")
                .doesNotContainKey("k8sServiceHost");
    }

    @Test
    void kubeProxyReplacedAfterwardsKeepsItsHealthPortUntilItIsRemoved() {
        OverlayInput input = ROUTED.withKubeProxyReplacement(KubeProxyReplacement.AFTER, HOST);
        PhaseValues replaced = OverlayValues.kubeProxyReplacement(input);
        assertThat(ValueCheck.besideKubeProxy(input.version(), replaced.values()))
                .isEmpty();
        assertThat(OverlayValues.kubeProxyRemoved(input).values().get("kubeProxyReplacementHealthzBindAddr"))
                .contains("0.0.0.0:10256");
        assertThat(OverlayValues.hubble(input).values().get("kubeProxyReplacementHealthzBindAddr"))
                .contains("0.0.0.0:10256");
    }

    @Test
    void upgradeCompatibilityIsTheFirstReleaseEverInstalled() {
        OverlayInput input = ROUTED.withFirstInstalled(CiliumVersion.parse("1.18.3"));
        assertThat(OverlayValues.steady(input).values().get("upgradeCompatibility"))
                .contains("1.18");
    }

    @Test
    void refusesAKeyThatThePhaseOwnsWithItsReasonAndNothingElse() {
        Values user = Values.empty()
                .with("cni.customConf", false)
                .with("routingMode", "tunnel")
                .with("kubeProxyReplacement", false)
                .with("MTU", 8900);
        List<ValueProblem> problems = OverlayValues.secondary(ROUTED).conflicts(user);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CILIUM-OWNED-VALUE");
            assertThat(problem.key()).isEqualTo("cni.customConf");
            assertThat(problem.message()).contains("to false", "needs true", "would take new pods from the VPC CNI");
            assertThat(problem.remedy()).contains("remove cni.customConf");
        });
    }

    @Test
    void refusesAMapReplacedBySomethingElse() {
        assertThat(OverlayValues.secondary(ROUTED).conflicts(Values.empty().with("ipam", "eni")))
                .extracting(ValueProblem::key)
                .containsExactly(
                        "ipam.mode",
                        "ipam.operator.clusterPoolIPv4MaskSize",
                        "ipam.operator.clusterPoolIPv4PodCIDRList");
    }

    @Test
    void laysThePhaseOverTheUsersValues() {
        Values user = Values.empty().with("MTU", 8900).with("cni.logFile", "");
        Values both = OverlayValues.secondary(ROUTED).over(user);
        assertThat(both.get("MTU")).contains(8900);
        assertThat(both.get("cni"))
                .contains(Map.of("customConf", true, "iptablesRemoveAWSRules", false, "logFile", ""));
    }

    @Test
    void refusesInputThatCannotWork() {
        List<Cidr> pool = List.of(Cidr.parse("10.244.0.0/16"));
        CiliumVersion version = CiliumVersion.newest();
        assertThatIllegalArgumentException().isThrownBy(() -> OverlayInput.of(version, List.of(), 24));
        assertThatIllegalArgumentException().isThrownBy(() -> OverlayInput.of(version, pool, 15));
        assertThatIllegalArgumentException().isThrownBy(() -> OverlayInput.of(version, pool, 31));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OverlayInput.of(version, List.of(Cidr.parse("fd00::/104")), 24))
                .withMessageContaining("IPv4");
        assertThatIllegalArgumentException().isThrownBy(() -> OverlayValues.kubeProxyReplacement(ROUTED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OverlayInput.of(CiliumVersion.parse("1.18"), pool, 24)
                        .withFirstInstalled(CiliumVersion.parse("1.19")));
    }
}
