package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.cilium.HostPort.Component;
import io.cnishift.cilium.HostPort.Scope;
import io.cnishift.cilium.NodePortRule.Need;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PortsTest {

    private static final CiliumVersion VERSION = CiliumVersion.newest();

    @Test
    void overlayNeedsVxlanBetweenNodesAndWantsTheRest() {
        List<NodePortRule> rules = Ports.betweenNodes(VERSION, Values.empty());
        assertThat(rules).map(NodePortRule::display).containsExactly("UDP 8472", "TCP 4240", "ICMP type 8", "TCP 4244");
        assertThat(rules)
                .filteredOn(rule -> rule.need() == Need.REQUIRED)
                .map(NodePortRule::display)
                .containsExactly("UDP 8472");
    }

    @Test
    void geneveHasItsOwnPortAndTunnelPortWins() {
        Values geneve = Values.empty().with("tunnelProtocol", "geneve");
        assertThat(Ports.betweenNodes(VERSION, geneve))
                .map(NodePortRule::display)
                .contains("UDP 6081");
        assertThat(Ports.betweenNodes(VERSION, geneve.with("tunnelPort", 8473)))
                .map(NodePortRule::display)
                .contains("UDP 8473")
                .doesNotContain("UDP 6081");
    }

    @Test
    void nativeRoutingNeedsNoTunnel() {
        assertThat(Ports.betweenNodes(VERSION, Values.empty().with("routingMode", "native")))
                .map(NodePortRule::display)
                .doesNotContain("UDP 8472");
        assertThat(Ports.betweenNodes(VERSION, Values.empty().with("eni.enabled", true)))
                .map(NodePortRule::display)
                .doesNotContain("UDP 8472");
    }

    @Test
    void encryptionMutualAuthenticationAndMeshBringTheirPorts() {
        Values values = Values.empty()
                .with("encryption.enabled", true)
                .with("encryption.type", "wireguard")
                .with("authentication.mutual.spire.enabled", true)
                .with("clustermesh.useAPIServer", true);
        assertThat(Ports.betweenNodes(VERSION, values))
                .filteredOn(rule -> rule.need() == Need.REQUIRED)
                .map(NodePortRule::display)
                .containsExactly("UDP 8472", "TCP 4250", "UDP 51871", "TCP 2379");
        assertThat(Ports.betweenNodes(VERSION, values.with("encryption.type", "ipsec")))
                .map(NodePortRule::display)
                .contains("ESP");
    }

    @Test
    void listensOnTheDocumentedHostPorts() {
        assertThat(ports(Values.empty(), Component.AGENT)).containsExactly(4240, 9879, 9890, 4244, 8472);
        assertThat(ports(Values.empty(), Component.ENVOY)).containsExactly(9878, 9964);
        assertThat(ports(Values.empty(), Component.OPERATOR)).containsExactly(9234, 9891, 9963);
    }

    @Test
    void optionalListenersFollowTheirValues() {
        Values values = Values.empty()
                .with("prometheus.enabled", true)
                .with("hubble.metrics.enabled", List.of("dns"))
                .with("pprof.enabled", true)
                .with("operator.prometheus.enabled", false)
                .with("envoy.enabled", false)
                .with("kubeProxyReplacement", "true")
                .with("kubeProxyReplacementHealthzBindAddr", "0.0.0.0:10256");
        assertThat(ports(values, Component.AGENT)).contains(9962, 9965, 6060, 10256);
        assertThat(ports(values, Component.OPERATOR)).doesNotContain(9963);
        assertThat(ports(values, Component.ENVOY)).isEmpty();
        assertThat(ports(Values.empty().with("hubble.enabled", false), Component.AGENT))
                .doesNotContain(4244);
    }

    @Test
    void kubeProxysHealthPortIsOursOnlyWhenWeReplaceIt() {
        Values values = Values.empty().with("kubeProxyReplacementHealthzBindAddr", "0.0.0.0:10256");
        assertThat(ports(values, Component.AGENT)).doesNotContain(10256);
    }

    @Test
    void tellsLoopbackListenersFromThoseThatOthersReach() {
        assertThat(Ports.listening(VERSION, Values.empty()))
                .filteredOn(port -> port.scope() == Scope.LOOPBACK)
                .extracting(HostPort::port)
                .containsExactly(9879, 9890, 9878, 9234, 9891);
    }

    private static List<Integer> ports(Values values, Component component) {
        return Ports.listening(VERSION, values).stream()
                .filter(port -> port.component() == component)
                .map(HostPort::port)
                .toList();
    }
}
