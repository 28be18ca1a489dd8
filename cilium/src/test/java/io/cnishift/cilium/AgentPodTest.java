package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgentPodTest {

    private static final OverlayInput ROUTED =
            OverlayInput.of(CiliumVersion.newest(), List.of(Cidr.parse("10.244.0.0/16")), 24);

    @Test
    void removesTheRulesOfTheVpcCniByDefaultInEveryLine() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(AgentPod.of(version, Values.empty()).removesAwsRules()).isTrue();
        }
    }

    @Test
    void leavesTheRulesWhereTheVpcCniStays() {
        assertThat(pod(OverlayValues.secondary(ROUTED)).removesAwsRules()).isFalse();
        assertThat(pod(OverlayValues.steady(ROUTED)).removesAwsRules()).isTrue();
        Values chained = Values.empty().with("cni.chainingMode", "aws-cni");
        assertThat(AgentPod.of(CiliumVersion.newest(), chained).removesAwsRules())
                .isFalse();
    }

    @Test
    void takesTheCniFileAlongOnlyWhenAskedTo() {
        assertThat(AgentPod.of(CiliumVersion.newest(), Values.empty()).removesCniFileOnStop())
                .isFalse();
        Values leaving = Values.empty().with("cni.uninstall", true);
        assertThat(AgentPod.of(CiliumVersion.newest(), leaving).removesCniFileOnStop())
                .isTrue();
        Values custom = Values.empty().with("cni.uninstall", true).with("cni.customConf", true);
        assertThat(AgentPod.of(CiliumVersion.newest(), custom).removesCniFileOnStop())
                .isFalse();
    }

    @Test
    void isToldWhereTheApiServerIs() {
        AgentPod pod = pod(OverlayValues.kubeProxyReplacement(
                ROUTED.withKubeProxyReplacement(KubeProxyReplacement.AFTER, "api.example")));
        assertThat(pod.apiServerHost()).contains("api.example");
        assertThat(pod.apiServerPort()).contains("443");
        assertThat(pod(OverlayValues.secondary(ROUTED)).apiServerHost()).isEmpty();
        assertThat(AgentPod.of(CiliumVersion.newest(), Values.empty().with("k8sServiceHost", "a"))
                        .apiServerPort())
                .contains("");
    }

    @Test
    void runsEverywhereByDefaultAndNeverTwiceOnANode() {
        AgentPod pod = pod(OverlayValues.secondary(ROUTED));
        assertThat(pod.nodeSelector()).isEqualTo(Map.of("kubernetes.io/os", "linux"));
        assertThat(pod.agentAffinity()).containsOnlyKeys("podAntiAffinity");
        assertThat(pod.envoyAffinity().orElseThrow())
                .containsOnlyKeys("nodeAffinity", "podAffinity", "podAntiAffinity");
    }

    @Test
    void staysOffOldNodesWithoutLosingTheChartsOwnRules() {
        AgentPod pod = pod(OverlayValues.secondary(ROUTED.withCoexistence(Coexistence.ISOLATED)));
        assertThat(pod.agentAffinity()).containsOnlyKeys("nodeAffinity", "podAntiAffinity");
        assertThat(pod.agentAffinity().toString()).contains("io.cilium/aws-node-enabled");
        assertThat(pod.envoyAffinity().orElseThrow().toString())
                .contains("io.cilium/aws-node-enabled", "cilium.io/no-schedule");
    }

    @Test
    void anOwnNodeSelectorIsAddedToTheCharts() {
        Values values = Values.empty().with("nodeSelector.pool", "blue");
        assertThat(AgentPod.of(CiliumVersion.newest(), values).nodeSelector())
                .isEqualTo(Map.of("kubernetes.io/os", "linux", "pool", "blue"));
    }

    @Test
    void aProxyInsideTheAgentHasNoPodOfItsOwn() {
        assertThat(AgentPod.of(CiliumVersion.newest(), Values.empty().with("envoy.enabled", false))
                        .envoyAffinity())
                .isEmpty();
    }

    private static AgentPod pod(PhaseValues phase) {
        return AgentPod.of(CiliumVersion.newest(), phase.values());
    }
}
