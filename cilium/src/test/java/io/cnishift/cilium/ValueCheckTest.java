package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.cilium.ValueProblem.Severity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueCheckTest {

    private static final String HOST = "ABC.gr7.ap-south-1.eks.amazonaws.com";

    private static final Values POOL =
            Values.empty().with("ipam.operator.clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16"));

    private static final Values KPR =
            POOL.with("kubeProxyReplacement", true).with("k8sServiceHost", HOST).with("k8sServicePort", 443);

    private static final Values ENI = Values.empty().with("eni.enabled", true).with("ipam.mode", "eni");

    private static final Values CHAINED = Values.empty()
            .with("cni.chainingMode", "aws-cni")
            .with("cni.exclusive", false)
            .with("enableIPv4Masquerade", false)
            .with("routingMode", "native")
            .with("endpointRoutes.enabled", true);

    static Stream<Arguments> wrongInEveryLine() {
        return Stream.of(
                row("CILIUM-UNKNOWN-VALUE", "kubeProxyReplacment", POOL.with("kubeProxyReplacment", true)),
                row("CILIUM-UNKNOWN-VALUE", "vpcId", POOL.with("vpcId", "vpc-1")),
                row("CILIUM-REMOVED-VALUE", "tunnel", POOL.with("tunnel", "vxlan")),
                row("CILIUM-REMOVED-VALUE", "endpointStatus.enabled", POOL.with("endpointStatus.enabled", true)),
                row("CILIUM-VALUE-TYPE", "cni.customConf", POOL.with("cni.customConf", "true")),
                row("CILIUM-VALUE-TYPE", "tunnelPort", POOL.with("tunnelPort", "8472")),
                row("CILIUM-VALUE-TYPE", "upgradeCompatibility", POOL.with("upgradeCompatibility", 1.2)),
                row("CILIUM-VALUE-TYPE", "hubble.relay", POOL.with("hubble.relay", true)),
                row("CILIUM-VALUE-TYPE", "podAnnotations.a.b/c", POOL.with("podAnnotations.a.b/c", true)),
                row("CILIUM-VALUE-TYPE", "extraConfig.debug-verbose", POOL.with("extraConfig.debug-verbose", 1)),
                row("CILIUM-VALUE-TYPE", "operator.nodeSelector.x", POOL.with("operator.nodeSelector.x", true)),
                row("CILIUM-VALUE-RANGE", "policyEnforcementMode", POOL.with("policyEnforcementMode", "off")),
                row("CILIUM-VALUE-RANGE", "routingMode", POOL.with("routingMode", "vxlan")),
                row("CILIUM-KPR-VALUE", "kubeProxyReplacement", POOL.with("kubeProxyReplacement", "strict")),
                row("CILIUM-HUBBLE-UI", "hubble.ui.enabled", POOL.with("hubble.ui.enabled", true)),
                row(
                        "CILIUM-HUBBLE-RELAY",
                        "hubble.relay.enabled",
                        POOL.with("hubble.enabled", false).with("hubble.relay.enabled", true)),
                row(
                        "CILIUM-CERT-ISSUER",
                        "hubble.tls.auto.certManagerIssuerRef",
                        POOL.with("hubble.tls.auto.method", "certmanager")),
                row(
                        "CILIUM-TAINTS",
                        "operator.setNodeTaints",
                        POOL.with("operator.setNodeTaints", true).with("operator.removeNodeTaints", false)),
                row(
                        "CILIUM-TPROXY-NETKIT",
                        "bpf.tproxy",
                        POOL.with("bpf.tproxy", true).with("bpf.datapathMode", "netkit")),
                row("CILIUM-CLUSTER-NAME", "cluster.name", POOL.with("cluster.name", "Prod_1")),
                row("CILIUM-CLUSTER-NAME", "cluster.name", POOL.with("cluster.name", "a".repeat(33))),
                row("CILIUM-CLUSTER-DEFAULT", "cluster.name", POOL.with("cluster.id", 3)),
                row(
                        "CILIUM-CLUSTER-ID",
                        "cluster.id",
                        POOL.with("cluster.id", 300).with("cluster.name", "blue")),
                row(
                        "CILIUM-CLUSTER-ID-MARK",
                        "cluster.id",
                        ENI.with("cluster.id", 128).with("cluster.name", "blue")),
                row(
                        "CILIUM-CLUSTER-ID-MARK",
                        "cluster.id",
                        CHAINED.with("cluster.id", 400)
                                .with("cluster.name", "blue")
                                .with("clustermesh.maxConnectedClusters", 511)),
                row(
                        "CILIUM-MESH-SIZE",
                        "clustermesh.maxConnectedClusters",
                        POOL.with("clustermesh.maxConnectedClusters", 300)),
                row("CILIUM-COMPATIBILITY", "upgradeCompatibility", POOL.with("upgradeCompatibility", "1.21")),
                row("CILIUM-API-HOST-FORM", "k8sServiceHost", KPR.with("k8sServiceHost", "https://" + HOST)),
                row("CILIUM-API-HOST-FORM", "k8sServiceHost", KPR.with("k8sServiceHost", HOST + ":443")),
                row("CILIUM-API-HOST-FORM", "k8sServiceHost", KPR.with("k8sServiceHost", HOST + "/")),
                row("CILIUM-API-HOST-IP", "k8sServiceHost", KPR.with("k8sServiceHost", "10.0.12.34")),
                row("CILIUM-API-HOST-AUTO", "k8sServiceHost", KPR.with("k8sServiceHost", "auto")),
                row("CILIUM-API-PORT", "k8sServicePort", KPR.without("k8sServicePort")),
                row("CILIUM-API-HOST-TWICE", "k8sServiceHost", KPR.with("k8sServiceHostRef.name", "api")),
                row(
                        "CILIUM-BPF-MASQ-OFF",
                        "bpf.masquerade",
                        KPR.with("bpf.masquerade", true).with("enableIPv4Masquerade", false)),
                row(
                        "CILIUM-BPF-MASQ-INTERFACES",
                        "egressMasqueradeInterfaces",
                        KPR.with("bpf.masquerade", true).with("egressMasqueradeInterfaces", "ens5")),
                row(
                        "CILIUM-BPF-MASQ-ROUTE",
                        "enableMasqueradeRouteSource",
                        KPR.with("bpf.masquerade", true).with("enableMasqueradeRouteSource", true)),
                row("CILIUM-IP-MASQ-AGENT", "ipMasqAgent.enabled", POOL.with("ipMasqAgent.enabled", true)),
                row("CILIUM-DEFAULT-POOL", "ipam.operator.clusterPoolIPv4PodCIDRList", Values.empty()),
                row(
                        "CILIUM-POOL-MASK",
                        "ipam.operator.clusterPoolIPv4MaskSize",
                        POOL.with("ipam.operator.clusterPoolIPv4MaskSize", 14)),
                row(
                        "CILIUM-POOL-MASK",
                        "ipam.operator.clusterPoolIPv4MaskSize",
                        POOL.with("ipam.operator.clusterPoolIPv4MaskSize", 31)),
                row(
                        "CILIUM-POOL-BLOCK",
                        "ipam.operator.clusterPoolIPv4PodCIDRList",
                        POOL.with("ipam.operator.clusterPoolIPv4PodCIDRList", List.of("10.244.0.0"))),
                row("CILIUM-ENI-OFF", "eni.enabled", Values.empty().with("ipam.mode", "eni")),
                row("CILIUM-ENI-TUNNEL", "routingMode", ENI.with("routingMode", "tunnel")),
                row("CILIUM-NATIVE-CIDR", "ipv4NativeRoutingCIDR", POOL.with("routingMode", "native")),
                row("CILIUM-DIRECT-ROUTES", "autoDirectNodeRoutes", POOL.with("autoDirectNodeRoutes", true)),
                row("CILIUM-CHAINING", "cni.exclusive", CHAINED.without("cni.exclusive")),
                row("CILIUM-CHAINING", "enableIPv4Masquerade", CHAINED.without("enableIPv4Masquerade")),
                row("CILIUM-CHAINING", "routingMode", CHAINED.without("routingMode")),
                row("CILIUM-CHAINING", "endpointRoutes.enabled", CHAINED.without("endpointRoutes.enabled")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongInEveryLine")
    void refusesWhatChartOrAgentRefuse(String code, String key, Values values) {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(ValueCheck.check(version, values)).as(version.toString()).anySatisfy(problem -> {
                assertThat(problem.code()).isEqualTo(code);
                assertThat(problem.key()).isEqualTo(key);
                assertThat(problem.severity()).isEqualTo(Severity.ERROR);
                assertThat(problem.message()).isNotBlank();
                assertThat(problem.remedy()).isNotBlank();
            });
        }
    }

    static Stream<Arguments> doubtful() {
        return Stream.of(
                row("CILIUM-KPR-API-HOST", "k8sServiceHost", POOL.with("kubeProxyReplacement", true)),
                row(
                        "CILIUM-MASQ-INTERFACE",
                        "egressMasqueradeInterfaces",
                        POOL.with("egressMasqueradeInterfaces", "eth0")),
                row("CILIUM-ENDPOINT-ROUTES", "endpointRoutes.enabled", POOL.with("endpointRoutes.enabled", true)),
                row("CILIUM-HOST-ROUTING", "bpf.hostLegacyRouting", KPR.with("bpf.masquerade", true)),
                row(
                        "CILIUM-DEVICES",
                        "devices",
                        KPR.merge(ENI)
                                .with("bpf.masquerade", true)
                                .with("enableIPv4Masquerade", true)
                                .with("bpf.hostLegacyRouting", true)
                                .with("devices", "eth0")),
                row(
                        "CILIUM-SERVICE-MONITOR",
                        "prometheus.serviceMonitor.enabled",
                        POOL.with("prometheus.enabled", true).with("prometheus.serviceMonitor.enabled", true)),
                row(
                        "CILIUM-CHAINING-IPSEC",
                        "encryption.type",
                        CHAINED.with("encryption.enabled", true).with("encryption.type", "ipsec")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("doubtful")
    void warnsOfWhatWorksAgainstItsUser(String code, String key, Values values) {
        for (CiliumVersion version : CiliumVersion.lines()) {
            List<ValueProblem> problems = ValueCheck.check(version, values);
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(code);
                assertThat(problem.key()).isEqualTo(key);
            });
            assertThat(ValueCheck.usable(problems)).isTrue();
        }
    }

    @Test
    void acceptsCorrectValuesOfEveryKind() {
        List<Values> correct = List.of(
                POOL,
                KPR,
                ENI,
                CHAINED,
                KPR.with("bpf.masquerade", true).with("bpf.hostLegacyRouting", true),
                POOL.with("podAnnotations.prometheus.io/scrape", "true").with("resources.limits.cpu", 1),
                POOL.with("kubeProxyReplacement", "false").with("nodePort.addresses", "10.0.0.0/8"),
                ENI.with("cluster.id", 127)
                        .with("cluster.name", "blue")
                        .with("clustermesh.policyDefaultLocalCluster", false),
                POOL.with("routingMode", "native").with("ipv4NativeRoutingCIDR", "10.244.0.0/16"),
                POOL.with("ipam.operator.clusterPoolIPv4MaskSize", 16));
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(correct)
                    .allSatisfy(values ->
                            assertThat(ValueCheck.check(version, values)).isEmpty());
        }
    }

    @Test
    void bpfMasqueradeNeedsKubeProxyReplacementOnlyUpTo118() {
        Values values = POOL.with("bpf.masquerade", true).with("kubeProxyReplacement", "false");
        assertThat(codes("1.18", values)).containsExactly("CILIUM-BPF-MASQ-KPR");
        assertThat(codes("1.19", values)).isEmpty();
        assertThat(codes("1.20", values)).isEmpty();
        assertThat(codes("1.18", values.with("nodePort.enabled", true))).isEmpty();
    }

    @Test
    void aMeshIsToldAboutTheNewDefaultOfPoliciesSince119() {
        Values values = POOL.with("cluster.id", 3).with("cluster.name", "blue");
        assertThat(codes("1.18", values)).isEmpty();
        assertThat(codes("1.19", values)).containsExactly("CILIUM-MESH-POLICY");
        assertThat(codes("1.20", values)).containsExactly("CILIUM-MESH-POLICY");
    }

    @Test
    void renamedValuesAreRefusedFromTheirLineOnWithTheNewName() {
        Values values = POOL.with("clustermesh.enableMCSAPISupport", true);
        assertThat(codes("1.19", values)).isEmpty();
        assertThat(ValueCheck.check(CiliumVersion.parse("1.20"), values))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("CILIUM-REMOVED-VALUE");
                    assertThat(problem.remedy()).contains("clustermesh.mcsapi.enabled");
                });
    }

    @Test
    void anUnsafeClusterIdIsAcceptedWhenTheUserSaysSo() {
        Values values = ENI.with("cluster.id", 128)
                .with("cluster.name", "blue")
                .with("clustermesh.policyDefaultLocalCluster", true)
                .with("extraConfig.allow-unsafe-policy-skb-usage", "true");
        assertThat(codes("1.20", values)).isEmpty();
    }

    @Test
    void aKeyThatHoldsNothingIsRefused() {
        Map<String, Object> file = new HashMap<>(Map.of("ipam", POOL.toMap().get("ipam")));
        file.put("resources", null);
        assertThat(codes("1.20", Values.of(file))).containsExactly("CILIUM-NULL-VALUE");
    }

    @Test
    void errorsComeBeforeWarnings() {
        Values values = POOL.with("egressMasqueradeInterfaces", "eth0").with("zzz", 1);
        assertThat(ValueCheck.check(CiliumVersion.newest(), values))
                .extracting(ValueProblem::severity)
                .containsExactly(Severity.ERROR, Severity.WARNING);
    }

    static Stream<Arguments> ownPhases() {
        return CiliumVersion.lines().stream().flatMap(version -> {
            OverlayInput routed = OverlayInput.of(version, List.of(Cidr.parse("10.244.0.0/16")), 24);
            OverlayInput newNodes = routed.withKubeProxyReplacement(KubeProxyReplacement.NEW_NODES, HOST)
                    .withHubble(HubbleLevel.UI);
            OverlayInput after = routed.withKubeProxyReplacement(KubeProxyReplacement.AFTER, HOST);
            Stream<PhaseValues> overlay = Stream.of(
                            routed, newNodes, after, newNodes.withCoexistence(Coexistence.ISOLATED))
                    .flatMap(input -> Stream.concat(
                            Stream.of(
                                    OverlayValues.secondary(input),
                                    OverlayValues.steady(input),
                                    OverlayValues.hubble(input)),
                            input.kubeProxyReplacement() == KubeProxyReplacement.OFF
                                    ? Stream.empty()
                                    : Stream.of(
                                            OverlayValues.kubeProxyReplacement(input),
                                            OverlayValues.kubeProxyRemoved(input))));
            EniInput eni = EniInput.of(version)
                    .withPrefixes()
                    .withMasquerade(EniInput.Masquerade.NODE_ADDRESS)
                    .withSubnetTags(List.of("cni=pods"))
                    .withIamRole("arn:aws:iam::111122223333:role/cilium-operator")
                    .withKubeProxyReplacement(KubeProxyReplacement.NEW_NODES, HOST)
                    .withHubble(HubbleLevel.RELAY);
            Stream<PhaseValues> others = Stream.of(
                    EniValues.secondary(EniInput.of(version)),
                    EniValues.secondary(eni),
                    EniValues.steady(eni),
                    EniValues.kubeProxyReplacement(eni),
                    EniValues.kubeProxyRemoved(eni),
                    EniValues.hubble(eni));
            return Stream.concat(overlay, others).map(phase -> Arguments.of(version, phase));
        });
    }

    @ParameterizedTest
    @MethodSource("ownPhases")
    void ourOwnPhasesPassInEveryLineAndTheirAgentsStart(CiliumVersion version, PhaseValues phase) {
        assertThat(ValueCheck.check(version, phase.values())).isEmpty();
        Map<String, String> config = phase.configMap(version, Values.empty());
        AgentPod pod = AgentPod.of(version, phase.values());
        assertThat(AgentStart.fatal(version, config, AgentStart.Environment.of(pod)))
                .isEmpty();
    }

    @Test
    void everyRuleIsBrokenByACaseHereAndExplained() {
        List<String> covered = Stream.of(wrongInEveryLine(), doubtful())
                .flatMap(rows -> rows)
                .map(row -> (String) row.get()[0])
                .toList();
        List<String> elsewhere = List.of(
                "CILIUM-OWNED-VALUE",
                "CILIUM-NULL-VALUE",
                "CILIUM-BPF-MASQ-KPR",
                "CILIUM-MESH-POLICY",
                "CILIUM-BESIDE-KUBE-PROXY");
        assertThat(ValueRule.explanations().keySet())
                .allSatisfy(code -> assertThat(covered.contains(code) || elsewhere.contains(code))
                        .as(code)
                        .isTrue());
        assertThat(ValueRule.explanations().values())
                .allSatisfy(text -> assertThat(text).endsWith("."));
    }

    private static List<String> codes(String version, Values values) {
        return ValueCheck.check(CiliumVersion.parse(version), values).stream()
                .map(ValueProblem::code)
                .toList();
    }

    private static Arguments row(String code, String key, Values values) {
        return Arguments.of(code, key, values);
    }

    @Test
    void listsOfOneTypeMayHoldAnything() {
        assertThat(codes("1.20", POOL.with("tolerations", Arrays.asList(Map.of("operator", "Exists")))))
                .isEmpty();
    }
}
