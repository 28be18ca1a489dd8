package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.cilium.AgentStart.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AgentStartTest {

    private static final CiliumVersion V18 = CiliumVersion.parse("1.18");

    private static final CiliumVersion V19 = CiliumVersion.parse("1.19");

    private static final String HOST = "ABC.gr7.ap-south-1.eks.amazonaws.com";

    @Test
    void startsWithTheChartsDefaults() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(start(version, Values.empty())).isEmpty();
        }
    }

    @Test
    void bpfMasqueradeWithoutKubeProxyReplacementIsFatalUpTo118() {
        Values values = Values.empty().with("bpf.masquerade", true);
        assertThat(start(V18, values))
                .hasValueSatisfying(line -> assertThat(line).contains("BPF masquerade requires NodePort"));
        assertThat(start(V18, values.with("nodePort.enabled", true))).isEmpty();
        assertThat(start(V18, values.with("kubeProxyReplacement", "true"))).isEmpty();
        assertThat(start(V19, values)).isEmpty();
    }

    static Stream<Arguments> fatalInEveryLine() {
        Values masquerade = Values.empty().with("bpf.masquerade", true).with("kubeProxyReplacement", "true");
        return Stream.of(
                Arguments.of("requires (--enable-ipv4-masquerade", masquerade.with("enableIPv4Masquerade", false)),
                Arguments.of(
                        "does not allow to specify devices", masquerade.with("egressMasqueradeInterfaces", "ens5")),
                Arguments.of("to route source", masquerade.with("enableMasqueradeRouteSource", true)),
                Arguments.of("ip-masq-agent requires", Values.empty().with("ipMasqAgent.enabled", true)),
                Arguments.of(
                        "invalid value for --kube-proxy-replacement: strict",
                        Values.empty().with("kubeProxyReplacement", "strict")),
                Arguments.of(
                        "native routing cidr must be configured", Values.empty().with("routingMode", "native")),
                Arguments.of("invalid routing mode", Values.empty().with("routingMode", "bgp")),
                Arguments.of("invalid tunnel protocol", Values.empty().with("tunnelProtocol", "gre")),
                Arguments.of("cannot be used with tunneling", Values.empty().with("autoDirectNodeRoutes", true)),
                Arguments.of("invalid cluster name", Values.empty().with("cluster.name", "Prod")),
                Arguments.of("cannot use default cluster name", Values.empty().with("cluster.id", 1)),
                Arguments.of(
                        "invalid cluster id",
                        Values.empty().with("cluster.id", 256).with("cluster.name", "a")),
                Arguments.of("must be 255 or 511", Values.empty().with("clustermesh.maxConnectedClusters", 100)),
                Arguments.of(
                        "conflicts with packet marks",
                        Values.empty()
                                .with("eni.enabled", true)
                                .with("cluster.id", 200)
                                .with("cluster.name", "a")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fatalInEveryLine")
    void refusesToStart(String logged, Values values) {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(start(version, values))
                    .as(version.toString())
                    .hasValueSatisfying(line -> assertThat(line).contains(logged));
        }
    }

    @Test
    void eniModeNeedsNoNativeRange() {
        Values values = Values.empty().with("eni.enabled", true).with("enableIPv4Masquerade", true);
        assertThat(start(V19, values)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://" + HOST + ", 443, host must be a URL or a host:port pair",
        HOST + ":443, 443, unable to contact k8s api-server",
        HOST + "/, 443, unable to contact k8s api-server",
        HOST + ", '', must be defined"
    })
    void anApiServerThatIsNoBareHostIsFatal(String host, String port, String logged) {
        Values values = Values.empty().with("k8sServiceHost", host).with("k8sServicePort", port);
        assertThat(start(V19, values))
                .hasValueSatisfying(line -> assertThat(line).contains(logged));
    }

    @ParameterizedTest
    @CsvSource({HOST, "10.0.1.2", "2001:db8::1", "localhost"})
    void anyBareHostIsCalled(String host) {
        Values values = Values.empty().with("k8sServiceHost", host).with("k8sServicePort", 443);
        assertThat(start(V19, values)).isEmpty();
    }

    @Test
    void theNodeConfigDecidesForItsNodes() {
        Values values = Values.empty().with("bpf.masquerade", true);
        var config = NodeConfig.forNodes("n", "l", "v").own("kube-proxy-replacement", "true", "test");
        var env = new Environment(Optional.empty(), Optional.empty(), false);
        assertThat(AgentStart.fatal(V18, config.over(CiliumConfigMap.render(V18, values)), env))
                .isEmpty();
        assertThat(AgentStart.fatal(V18, CiliumConfigMap.render(V18, values), env))
                .isPresent();
    }

    @Test
    void kubeProxysHealthPortIsTakenWhileItRuns() {
        Values values = Values.empty()
                .with("kubeProxyReplacement", "true")
                .with("kubeProxyReplacementHealthzBindAddr", "0.0.0.0:10256");
        var config = CiliumConfigMap.render(V19, values);
        var alone = Environment.of(AgentPod.of(V19, values));
        assertThat(AgentStart.fatal(V19, config, alone)).isEmpty();
        assertThat(AgentStart.fatal(V19, config, alone.besideKubeProxy()))
                .hasValueSatisfying(line -> assertThat(line).contains("address already in use"));
        assertThat(ValueCheck.besideKubeProxy(V19, values))
                .extracting(ValueProblem::code)
                .containsExactly("CILIUM-BESIDE-KUBE-PROXY");
        assertThat(ValueCheck.besideKubeProxy(V19, values.with("kubeProxyReplacement", "false")))
                .isEmpty();
    }

    @Test
    void ipv6MasqueradingCountsOnlyWhereIpv6IsOn() {
        var env = new Environment(Optional.empty(), Optional.empty(), false);
        var config = Map.of("enable-ipv4-masquerade", "false", "enable-bpf-masquerade", "true");
        assertThat(AgentStart.fatal(V19, config, env)).isPresent();
        var withIpv6 = new HashMap<>(config);
        withIpv6.put("enable-ipv6", "true");
        assertThat(AgentStart.fatal(V19, withIpv6, env)).isEmpty();
    }

    private static Optional<String> start(CiliumVersion version, Values values) {
        return AgentStart.fatal(
                version, CiliumConfigMap.render(version, values), Environment.of(AgentPod.of(version, values)));
    }
}
