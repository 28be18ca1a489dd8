package io.cnishift.cilium;

import io.cnishift.cilium.HostPort.Component;
import io.cnishift.cilium.HostPort.Scope;
import io.cnishift.cilium.NodePortRule.Need;
import io.cnishift.cilium.NodePortRule.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ports of Cilium, from the system requirements of the project and the defaults of the chart. Values given are those that
 * are installed, the user's with a phase's laid over them; what they do not say is the chart's default, the same in all
 * supported lines.
 */
public final class Ports {

    private static final int VXLAN = 8472;

    private static final int GENEVE = 6081;

    private Ports() {}

    /** What security groups and network ACLs must let pass between nodes with Cilium. Never empty. */
    public static List<NodePortRule> betweenNodes(Values values) {
        List<NodePortRule> rules = new ArrayList<>();
        tunnel(values).ifPresent(rules::add);
        rules.add(new NodePortRule(Protocol.TCP, 4240, 4240, "health checks between nodes", Need.RECOMMENDED));
        rules.add(new NodePortRule(Protocol.ICMP, 8, 8, "health checks between nodes", Need.RECOMMENDED));
        if (on(values, "hubble.enabled", true)) {
            int port = number(values, "hubble.peerService.targetPort", 4244);
            rules.add(new NodePortRule(Protocol.TCP, port, port, "Hubble's view of other nodes", Need.RECOMMENDED));
        }
        if (on(values, "authentication.mutual.spire.enabled", false)) {
            int port = number(values, "authentication.mutual.port", 4250);
            rules.add(new NodePortRule(Protocol.TCP, port, port, "mutual authentication", Need.REQUIRED));
        }
        encryption(values).ifPresent(rules::add);
        if (on(values, "clustermesh.useAPIServer", false)) {
            rules.add(new NodePortRule(Protocol.TCP, 2379, 2379, "the API server of the cluster mesh", Need.REQUIRED));
        }
        return List.copyOf(rules);
    }

    /** What the pods of the release listen on, on their nodes. */
    public static List<HostPort> listening(Values values) {
        List<HostPort> ports = new ArrayList<>();
        agent(values, ports);
        if (on(values, "envoy.enabled", true) && on(values, "l7Proxy", true)) {
            ports.add(tcp(Component.ENVOY, number(values, "envoy.healthPort", 9878), Scope.LOOPBACK, "health"));
            if (on(values, "envoy.prometheus.enabled", true)) {
                ports.add(tcp(Component.ENVOY, number(values, "envoy.prometheus.port", 9964), Scope.NODE, "metrics"));
            }
            if (on(values, "envoy.debug.admin.enabled", false)) {
                ports.add(
                        tcp(Component.ENVOY, number(values, "envoy.debug.admin.port", 9901), Scope.LOOPBACK, "admin"));
            }
        }
        if (on(values, "operator.enabled", true) && on(values, "operator.hostNetwork", true)) {
            operator(values, ports);
        }
        return List.copyOf(ports);
    }

    private static void agent(Values values, List<HostPort> ports) {
        ports.add(tcp(Component.AGENT, 4240, Scope.NODE, "health checks from other nodes"));
        ports.add(tcp(Component.AGENT, number(values, "healthPort", 9879), Scope.LOOPBACK, "its own health"));
        ports.add(tcp(Component.AGENT, 9890, Scope.LOOPBACK, "process diagnostics"));
        if (on(values, "hubble.enabled", true)) {
            int port = number(values, "hubble.peerService.targetPort", 4244);
            ports.add(tcp(Component.AGENT, port, Scope.NODE, "Hubble flows"));
            if (set(values, "hubble.metrics.enabled") || on(values, "hubble.metrics.dynamic.enabled", false)) {
                ports.add(tcp(
                        Component.AGENT, number(values, "hubble.metrics.port", 9965), Scope.NODE, "Hubble metrics"));
            }
        }
        if (on(values, "prometheus.enabled", false)) {
            ports.add(tcp(Component.AGENT, number(values, "prometheus.port", 9962), Scope.NODE, "metrics"));
        }
        if (on(values, "pprof.enabled", false)) {
            ports.add(tcp(Component.AGENT, number(values, "pprof.port", 6060), Scope.LOOPBACK, "profiling"));
        }
        if (on(values, "authentication.mutual.spire.enabled", false)) {
            int port = number(values, "authentication.mutual.port", 4250);
            ports.add(tcp(Component.AGENT, port, Scope.NODE, "mutual authentication"));
        }
        tunnel(values)
                .ifPresent(rule -> ports.add(new HostPort(
                        Component.AGENT, Protocol.UDP, rule.from(), Scope.NODE, "tunnels from other nodes")));
        encryption(values)
                .filter(rule -> rule.protocol() == Protocol.UDP)
                .ifPresent(rule ->
                        ports.add(new HostPort(Component.AGENT, Protocol.UDP, rule.from(), Scope.NODE, "WireGuard")));
        values.text("kubeProxyReplacementHealthzBindAddr")
                .filter(address -> values.isTrue("kubeProxyReplacement") && address.contains(":"))
                .ifPresent(address -> ports.add(tcp(
                        Component.AGENT,
                        Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
                        Scope.NODE,
                        "health in place of kube-proxy")));
    }

    private static void operator(Values values, List<HostPort> ports) {
        ports.add(tcp(Component.OPERATOR, 9234, Scope.LOOPBACK, "health"));
        ports.add(tcp(Component.OPERATOR, 9891, Scope.LOOPBACK, "process diagnostics"));
        if (on(values, "operator.prometheus.enabled", true)) {
            ports.add(tcp(Component.OPERATOR, number(values, "operator.prometheus.port", 9963), Scope.NODE, "metrics"));
        }
        if (on(values, "operator.pprof.enabled", false)) {
            ports.add(
                    tcp(Component.OPERATOR, number(values, "operator.pprof.port", 6061), Scope.LOOPBACK, "profiling"));
        }
    }

    private static Optional<NodePortRule> tunnel(Values values) {
        boolean cloud = on(values, "eni.enabled", false);
        String mode = values.text("routingMode").filter(text -> !text.isEmpty()).orElse(cloud ? "native" : "tunnel");
        if (!mode.equals("tunnel")) {
            return Optional.empty();
        }
        boolean geneve = values.text("tunnelProtocol").filter("geneve"::equals).isPresent();
        int set = number(values, "tunnelPort", 0);
        int port = set != 0 ? set : geneve ? GENEVE : VXLAN;
        return Optional.of(new NodePortRule(
                Protocol.UDP,
                port,
                port,
                (geneve ? "Geneve" : "VXLAN") + " tunnels: all pod traffic between nodes",
                Need.REQUIRED));
    }

    private static Optional<NodePortRule> encryption(Values values) {
        if (!on(values, "encryption.enabled", false)) {
            return Optional.empty();
        }
        return switch (values.text("encryption.type").orElse("ipsec")) {
            case "wireguard" ->
                Optional.of(new NodePortRule(Protocol.UDP, 51_871, 51_871, "WireGuard encryption", Need.REQUIRED));
            case "ipsec" -> Optional.of(new NodePortRule(Protocol.ESP, 0, 0, "IPsec encryption", Need.REQUIRED));
            default -> Optional.empty();
        };
    }

    private static HostPort tcp(Component component, int port, Scope scope, String purpose) {
        return new HostPort(component, Protocol.TCP, port, scope, purpose);
    }

    private static boolean on(Values values, String key, boolean byDefault) {
        return values.text(key).map("true"::equals).orElse(byDefault);
    }

    private static boolean set(Values values, String key) {
        return values.get(key).isPresent();
    }

    private static int number(Values values, String key, int byDefault) {
        return values.text(key)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .orElse(byDefault);
    }
}
