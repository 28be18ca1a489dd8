package io.cnishift.simulator.cni;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HelmPortTest {

    private static final String CHART = "oci://quay.io/cilium/charts/cilium";
    private static final Map<String, Object> SECONDARY = Map.of(
            "ipam",
                    Map.of(
                            "operator",
                            Map.of(
                                    "clusterPoolIPv4PodCIDRList",
                                    List.of("10.244.0.0/16"),
                                    "clusterPoolIPv4MaskSize",
                                    25)),
            "cni", Map.of("customConf", true, "iptablesRemoveAWSRules", false),
            "operator", Map.of("unmanagedPodWatcher", Map.of("restart", false)),
            "policyEnforcementMode", "never",
            "bpf", Map.of("hostLegacyRouting", true));

    private final CniWorld world = CniWorld.of(Clusters.healthy());
    private final SimHelmPort helm = new SimHelmPort(world.kernel);

    @Test
    void installsTheSecondaryPhaseWithoutTakingOver() {
        List<Change> seen = new ArrayList<>();
        helm.watch(Set.of(Part.RELEASES), seen::add);

        assertThat(upgrade("1.18.3", SECONDARY).done()).isTrue();

        assertThat(config())
                .containsEntry("custom-cni-conf", "true")
                .doesNotContainKey("write-cni-conf-when-ready")
                .containsEntry("cluster-pool-ipv4-cidr", "10.244.0.0/16")
                .containsEntry("cluster-pool-ipv4-mask-size", "25")
                .containsEntry("unmanaged-pod-watcher-interval", "0")
                .containsEntry("enable-policy", "never")
                .containsEntry("enable-host-legacy-routing", "true")
                .containsEntry("kube-proxy-replacement", "false");
        assertThat(Tree.maps(agents(), "spec", "template", "spec", "containers").get(0))
                .doesNotContainKey("lifecycle");
        assertThat(release()).satisfies(r -> {
            assertThat(r.revision()).isEqualTo(1);
            assertThat(r.status()).isEqualTo("deployed");
            assertThat(r.values()).isEqualTo(SECONDARY);
        });
        assertThat(seen).hasSize(1);
        assertThat(world.kernel.notModelled().notes()).isEmpty();
    }

    @Test
    void writesTheKeysOfItsVersionByDefault() {
        upgrade("1.20.0", Map.of());

        assertThat(config())
                .containsEntry("write-cni-conf-when-ready", "/host/etc/cni/net.d/05-cilium.conflist")
                .containsEntry("cni-exclusive", "true")
                .containsEntry("cluster-pool-ipv4-cidr", "10.0.0.0/8")
                .containsEntry("unmanaged-pod-watcher-interval", "15s");
        assertThat(Tree.maps(agents(), "spec", "template", "spec", "containers").get(0))
                .containsKey("lifecycle");
    }

    @Test
    void changingOnlyTheConfigurationLeavesTheAgentsTemplateAlone() {
        upgrade("1.18.3", SECONDARY);
        world.kernel
                .objects()
                .update(
                        "DaemonSet",
                        "kube-system",
                        "cilium",
                        "cnishift",
                        d -> Trees.with(
                                d, "m1/s1", "spec", "template", "metadata", "annotations", "cnishift.io/restart"));
        Map<String, Object> before = agents();

        upgrade("1.18.3", Map.of("cni", Map.of("iptablesRemoveAWSRules", false)));

        assertThat(config()).containsEntry("custom-cni-conf", "false");
        assertThat(agents().get("spec")).isEqualTo(before.get("spec"));
        assertThat(release().revision()).isEqualTo(2);
    }

    @Test
    void setsTheApiServerForAgentsAndOperator() {
        upgrade("1.18.3", Map.of("k8sServiceHost", "abc.eks.amazonaws.com", "k8sServicePort", 443));

        assertThat(Tree.maps(agents(), "spec", "template", "spec", "containers")
                        .get(0)
                        .toString())
                .contains("KUBERNETES_SERVICE_HOST")
                .contains("abc.eks.amazonaws.com");
        assertThat(world.kernel
                        .objects()
                        .get("Deployment", "kube-system", "cilium-operator")
                        .orElseThrow()
                        .toString())
                .contains("abc.eks.amazonaws.com");
    }

    static List<Map<String, Object>> refused() {
        return List.of(
                Map.of("tunnel", "disabled"),
                Map.of("kubeProxyReplacement", "strict"),
                Map.of("hubble", Map.of("ui", Map.of("enabled", true))),
                Map.of("hubble", Map.of("enabled", false, "relay", Map.of("enabled", true))),
                Map.of("cluster", Map.of("name", "a", "id", 200), "cni", Map.of("chainingMode", "aws-cni")),
                Map.of("cluster", Map.of("name", "Not_A_Name")),
                Map.of("routingMode", "native"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Map<String, Object> values) {
        ActResult result = upgrade("1.19.6", values);

        assertThat(result).isInstanceOf(ActResult.Refused.class);
        assertThat(((ActResult.Refused) result).reason()).isEqualTo(ActResult.Reason.INVALID);
        assertThat(world.kernel.objects().get("DaemonSet", "kube-system", "cilium"))
                .isEmpty();
        assertThat(helm.before(new UninstallRelease("kube-system", "cilium"))).isEmpty();
    }

    @Test
    void removesWhatLaterValuesNoLongerRenderAndEverythingOnUninstall() {
        upgrade("1.18.3", Map.of("hubble", Map.of("relay", Map.of("enabled", true))));
        assertThat(world.kernel.objects().get("Deployment", "kube-system", "hubble-relay"))
                .isPresent();
        upgrade("1.18.3", Map.of());
        assertThat(world.kernel.objects().get("Deployment", "kube-system", "hubble-relay"))
                .isEmpty();
        assertThat(world.kernel.objects().get("DaemonSet", "kube-system", "cilium-envoy"))
                .isPresent();

        assertThat(helm.perform(new UninstallRelease("kube-system", "cilium")).done())
                .isTrue();

        assertThat(world.kernel.objects().get("DaemonSet", "kube-system", "cilium"))
                .isEmpty();
        assertThat(world.kernel.objects().get("ConfigMap", "kube-system", "cilium-config"))
                .isEmpty();
        assertThat(helm.perform(new UninstallRelease("kube-system", "cilium")).done())
                .isFalse();
    }

    @Test
    void saysWhichValuesAndChartsItDoesNotPlay() {
        upgrade("1.18.3", Map.of("encryption", Map.of("enabled", true), "debug", Map.of("enabled", true)));
        helm.perform(new UpgradeRelease("web", "shop", "https://example.org/charts/shop", "1.0.0", Map.of()));

        assertThat(world.kernel.notModelled().notes())
                .containsExactly("value of chart cilium: encryption.enabled=true", "chart shop");
        assertThat(helm.before(new UninstallRelease("web", "shop"))).containsEntry("revision", 1);
    }

    private ActResult upgrade(String version, Map<String, Object> values) {
        return helm.perform(new UpgradeRelease("kube-system", "cilium", CHART, version, values));
    }

    private Map<String, String> config() {
        return AgentConfig.configMap(world.kernel);
    }

    private Map<String, Object> agents() {
        return world.kernel.objects().get("DaemonSet", "kube-system", "cilium").orElseThrow();
    }

    private Release release() {
        return (Release) helm.read(Set.of(Part.RELEASES)).resources().stream()
                .filter(r -> r.key().equals("kube-system/cilium"))
                .findFirst()
                .orElseThrow();
    }
}
