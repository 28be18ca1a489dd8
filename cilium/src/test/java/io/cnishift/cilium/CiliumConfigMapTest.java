package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CiliumConfigMapTest {

    private static final OverlayInput INPUT =
            OverlayInput.of(CiliumVersion.newest(), List.of(Cidr.parse("10.244.0.0/16")), 25);

    @Test
    void defaultsAreThoseOfTheChart() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(CiliumConfigMap.render(version, Values.empty()))
                    .containsEntry("ipam", "cluster-pool")
                    .containsEntry("cluster-pool-ipv4-cidr", "10.0.0.0/8")
                    .containsEntry("cluster-pool-ipv4-mask-size", "24")
                    .containsEntry("routing-mode", "tunnel")
                    .containsEntry("tunnel-protocol", "vxlan")
                    .containsEntry("enable-policy", "default")
                    .containsEntry("custom-cni-conf", "false")
                    .containsEntry("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist")
                    .containsEntry("cni-exclusive", "true")
                    .containsEntry("enable-ipv4-masquerade", "true")
                    .containsEntry("kube-proxy-replacement", "false")
                    .containsEntry("remove-cilium-node-taints", "true")
                    .containsEntry("set-cilium-node-taints", "true")
                    .containsEntry("set-cilium-is-up-condition", "true")
                    .containsEntry("agent-not-ready-taint-key", "node.cilium.io/agent-not-ready")
                    .containsEntry("operator-api-serve-addr", "127.0.0.1:9234")
                    .containsEntry("enable-hubble", "true")
                    .containsEntry("hubble-listen-address", ":4244")
                    .containsEntry("external-envoy-proxy", "true")
                    .containsEntry("enable-endpoint-health-checking", "true")
                    .containsEntry("install-no-conntrack-iptables-rules", "false")
                    .doesNotContainKeys(
                            "enable-bpf-masquerade",
                            "enable-host-legacy-routing",
                            "cni-chaining-mode",
                            "tunnel-port",
                            "mtu",
                            "ipv4-native-routing-cidr",
                            "kube-proxy-replacement-healthz-bind-address",
                            "cni-uninstall",
                            "enable-endpoint-routes",
                            "egress-masquerade-interfaces");
        }
    }

    @Test
    void secondaryWritesNoCniFileAndLeavesTheExclusiveKeyOut() {
        assertThat(OverlayValues.secondary(INPUT).configMap(INPUT.version(), Values.empty()))
                .containsEntry("custom-cni-conf", "true")
                .containsEntry("unmanaged-pod-watcher-interval", "0")
                .containsEntry("enable-policy", "never")
                .containsEntry("enable-host-legacy-routing", "true")
                .containsEntry("enable-bpf-masquerade", "false")
                .containsEntry("cluster-pool-ipv4-cidr", "10.244.0.0/16")
                .containsEntry("cluster-pool-ipv4-mask-size", "25")
                .doesNotContainKeys("write-cni-conf-when-ready", "cni-exclusive");
    }

    @Test
    void nodeConfigOnNewNodesBringsTheCniFileBack() {
        Map<String, String> configMap = OverlayValues.secondary(INPUT).configMap(INPUT.version(), Values.empty());
        assertThat(OverlayValues.ciliumNodeConfig(INPUT).orElseThrow().over(configMap))
                .containsEntry("custom-cni-conf", "false")
                .containsEntry("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist")
                .containsEntry("cni-exclusive", "true")
                .containsEntry("ipam", "cluster-pool");
    }

    @ParameterizedTest
    @CsvSource({"1.18, 15, 1800", "1.19, 15s, 1800s", "1.20, 15s, 1800s"})
    void theWatchersIntervalIsADurationSince119(String line, String byDefault, String half) {
        CiliumVersion version = CiliumVersion.parse(line);
        assertThat(CiliumConfigMap.render(version, Values.empty()))
                .containsEntry("unmanaged-pod-watcher-interval", byDefault);
        assertThat(CiliumConfigMap.render(
                        version, Values.empty().with("operator.unmanagedPodWatcher.intervalSeconds", 1800)))
                .containsEntry("unmanaged-pod-watcher-interval", half);
    }

    @Test
    void nodePortSwitchIsRenderedUpTo118Only() {
        assertThat(CiliumConfigMap.render(CiliumVersion.parse("1.18"), Values.empty()))
                .containsEntry("enable-node-port", "false");
        assertThat(CiliumConfigMap.render(CiliumVersion.parse("1.19"), Values.empty()))
                .doesNotContainKey("enable-node-port");
    }

    @ParameterizedTest
    @CsvSource({"1.18, false", "1.19, true", "1.20, true"})
    void policiesMeanTheLocalClusterSince119(String line, String local) {
        assertThat(CiliumConfigMap.render(CiliumVersion.parse(line), Values.empty()))
                .containsEntry("policy-default-local-cluster", local);
    }

    @Test
    void eniModeRoutesNativelyAndLeavesSourceAddressesAlone() {
        Values eni = EniValues.steady(EniInput.of(CiliumVersion.newest()).withPrefixes())
                .values();
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(CiliumConfigMap.render(version, Values.empty().with("eni.enabled", true)))
                    .containsEntry("ipam", "eni")
                    .containsEntry("routing-mode", "native")
                    .containsEntry("enable-ipv4-masquerade", "false")
                    .containsEntry("enable-endpoint-routes", "true")
                    .containsEntry("auto-create-cilium-node-resource", "true")
                    .doesNotContainKeys("cluster-pool-ipv4-cidr", "aws-enable-prefix-delegation");
            assertThat(CiliumConfigMap.render(version, eni)).containsEntry("aws-enable-prefix-delegation", "true");
        }
    }

    @Test
    void eniModeOfAnOldClusterKeepsMasquerading() {
        Values old = Values.empty().with("eni.enabled", true).with("upgradeCompatibility", "1.17");
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), old)).containsEntry("enable-ipv4-masquerade", "true");
    }

    @Test
    void eniNodeSettingsAreRenderedSince119() {
        Values values =
                Values.empty().with("eni.enabled", true).with("eni.nodeSpec.securityGroups", List.of("sg-1", "sg-2"));
        assertThat(CiliumConfigMap.render(CiliumVersion.parse("1.19"), values))
                .containsEntry("eni-security-groups", "sg-1,sg-2");
        assertThat(CiliumConfigMap.render(CiliumVersion.parse("1.18"), values))
                .doesNotContainKey("eni-security-groups");
    }

    @Test
    void chainingForcesWhatTheOtherCniNeeds() {
        Values chained = Values.empty()
                .with("cni.chainingMode", "aws-cni")
                .with("cni.exclusive", false)
                .with("enableIPv4Masquerade", false)
                .with("routingMode", "native")
                .with("endpointRoutes.enabled", true);
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), chained))
                .containsEntry("cni-chaining-mode", "aws-cni")
                .containsEntry("cni-exclusive", "false")
                .containsEntry("enable-endpoint-health-checking", "false")
                .containsEntry("enable-host-legacy-routing", "true")
                .containsEntry("enable-local-node-route", "false")
                .containsEntry("install-no-conntrack-iptables-rules", "false")
                .containsEntry("enable-endpoint-routes", "true")
                .containsEntry("enable-ipv4-masquerade", "false")
                .containsEntry("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist");
    }

    @Test
    void removalAsksForTheCniFileToGo() {
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), Values.empty().with("cni.uninstall", true)))
                .containsEntry("cni-uninstall", "true");
    }

    @Test
    void kubeProxyReplacementIsTextAndBringsItsHealthAddress() {
        OverlayInput input = INPUT.withKubeProxyReplacement(KubeProxyReplacement.AFTER, "api.example");
        assertThat(OverlayValues.kubeProxyReplacement(input).configMap(input.version(), Values.empty()))
                .containsEntry("kube-proxy-replacement", "true")
                .containsEntry("kube-proxy-replacement-healthz-bind-address", "");
        assertThat(OverlayValues.kubeProxyRemoved(input).configMap(input.version(), Values.empty()))
                .containsEntry("kube-proxy-replacement", "true")
                .containsEntry("kube-proxy-replacement-healthz-bind-address", "0.0.0.0:10256")
                .containsEntry("enable-bpf-masquerade", "true");
    }

    @Test
    void extraConfigHasTheLastWord() {
        Values values =
                Values.empty().with("extraConfig.routing-mode", "native").with("extraConfig.new-flag", "1");
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), values))
                .containsEntry("routing-mode", "native")
                .containsEntry("new-flag", "1");
    }

    @Test
    void optionalKeysFollowTheirValues() {
        Values values = Values.empty()
                .with("tunnelPort", 8473)
                .with("MTU", 8900)
                .with("ipv4NativeRoutingCIDR", "10.0.0.0/8")
                .with("egressMasqueradeInterfaces", "ens+")
                .with("devices", List.of("ens5", "ens6"))
                .with("policyCIDRMatchMode", List.of("nodes"))
                .with("operator.unmanagedPodWatcher.selector", "app=dns")
                .with("operator.removeNodeTaints", false)
                .with("encryption.enabled", true)
                .with("encryption.type", "wireguard")
                .with("localRedirectPolicies.enabled", true)
                .with("hubble.enabled", false)
                .with("prometheus.enabled", true);
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), values))
                .containsEntry("tunnel-port", "8473")
                .containsEntry("mtu", "8900")
                .containsEntry("ipv4-native-routing-cidr", "10.0.0.0/8")
                .containsEntry("egress-masquerade-interfaces", "ens+")
                .containsEntry("devices", "ens5 ens6")
                .containsEntry("policy-cidr-match-mode", "nodes")
                .containsEntry("pod-restart-selector", "app=dns")
                .containsEntry("enable-wireguard", "true")
                .containsEntry("enable-local-redirect-policy", "true")
                .containsEntry("prometheus-serve-addr", ":9962")
                .containsEntry("enable-hubble", "false")
                .doesNotContainKeys("hubble-listen-address", "remove-cilium-node-taints", "set-cilium-node-taints");
    }

    @Test
    void anOldClusterKeepsItsProxyInTheAgent() {
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), Values.empty().with("upgradeCompatibility", "1.15")))
                .containsEntry("external-envoy-proxy", "false");
        assertThat(CiliumConfigMap.render(CiliumVersion.newest(), Values.empty().with("l7Proxy", false)))
                .containsEntry("external-envoy-proxy", "false");
    }
}
