package io.cnishift.cilium;

import io.cnishift.cilium.HostPort.Component;
import io.cnishift.cilium.HostPort.Scope;
import io.cnishift.cilium.NodePortRule.Need;
import io.cnishift.cilium.NodePortRule.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ports of Cilium, from the system requirements of the project and the chart. Values given are those that are installed, the
 * user's with a phase's laid over them; what they do not say is the chart's default.
 */
public final class Ports {

    private Ports() {}

    /** What security groups and network ACLs must let pass between nodes with Cilium. Never empty. */
    public static List<NodePortRule> betweenNodes(CiliumVersion version, Values values) {
        Settings settings = new Settings(version, values);
        List<NodePortRule> rules = new ArrayList<>();
        tunnel(settings).ifPresent(rules::add);
        rules.add(new NodePortRule(Protocol.TCP, 4240, 4240, "health checks between nodes", Need.RECOMMENDED));
        rules.add(new NodePortRule(Protocol.ICMP, 8, 8, "health checks between nodes", Need.RECOMMENDED));
        if (settings.on("hubble.enabled")) {
            int port = settings.number("hubble.peerService.targetPort", 4244);
            rules.add(new NodePortRule(Protocol.TCP, port, port, "Hubble's view of other nodes", Need.RECOMMENDED));
        }
        if (settings.on("authentication.mutual.spire.enabled")) {
            int port = settings.number("authentication.mutual.port", 4250);
            rules.add(new NodePortRule(Protocol.TCP, port, port, "mutual authentication", Need.REQUIRED));
        }
        encryption(settings).ifPresent(rules::add);
        if (settings.on("clustermesh.useAPIServer")) {
            rules.add(new NodePortRule(Protocol.TCP, 2379, 2379, "the API server of the cluster mesh", Need.REQUIRED));
        }
        return List.copyOf(rules);
    }

    /** What the pods of the release listen on, on their nodes. */
    public static List<HostPort> listening(CiliumVersion version, Values values) {
        Settings settings = new Settings(version, values);
        List<HostPort> ports = new ArrayList<>();
        agent(settings, ports);
        if (settings.envoyDaemonSet()) {
            ports.add(tcp(Component.ENVOY, settings.number("envoy.healthPort", 9878), Scope.LOOPBACK, "health"));
            if (settings.on("envoy.prometheus.enabled")) {
                ports.add(tcp(Component.ENVOY, settings.number("envoy.prometheus.port", 9964), Scope.NODE, "metrics"));
            }
            if (settings.on("envoy.debug.admin.enabled")) {
                ports.add(
                        tcp(Component.ENVOY, settings.number("envoy.debug.admin.port", 9901), Scope.LOOPBACK, "admin"));
            }
        }
        if (settings.on("operator.enabled") && settings.on("operator.hostNetwork")) {
            operator(settings, ports);
        }
        return List.copyOf(ports);
    }

    private static void agent(Settings settings, List<HostPort> ports) {
        ports.add(tcp(Component.AGENT, 4240, Scope.NODE, "health checks from other nodes"));
        ports.add(tcp(Component.AGENT, settings.number("healthPort", 9879), Scope.LOOPBACK, "its own health"));
        ports.add(tcp(Component.AGENT, 9890, Scope.LOOPBACK, "process diagnostics"));
        if (settings.on("hubble.enabled")) {
            int port = settings.number("hubble.peerService.targetPort", 4244);
            ports.add(tcp(Component.AGENT, port, Scope.NODE, "Hubble flows"));
            if (settings.values().get("hubble.metrics.enabled").isPresent()
                    || settings.on("hubble.metrics.dynamic.enabled")) {
                ports.add(tcp(
                        Component.AGENT, settings.number("hubble.metrics.port", 9965), Scope.NODE, "Hubble metrics"));
            }
        }
        if (settings.on("prometheus.enabled")) {
            ports.add(tcp(Component.AGENT, settings.number("prometheus.port", 9962), Scope.NODE, "metrics"));
        }
        if (settings.on("pprof.enabled")) {
            ports.add(tcp(Component.AGENT, settings.number("pprof.port", 6060), Scope.LOOPBACK, "profiling"));
        }
        if (settings.on("authentication.mutual.spire.enabled")) {
            int port = settings.number("authentication.mutual.port", 4250);
            ports.add(tcp(Component.AGENT, port, Scope.NODE, "mutual authentication"));
        }
        traffic(settings, ports);
    }

    private static void traffic(Settings settings, List<HostPort> ports) {
        tunnel(settings)
                .ifPresent(rule -> ports.add(new HostPort(
                        Component.AGENT, Protocol.UDP, rule.from(), Scope.NODE, "tunnels from other nodes")));
        encryption(settings)
                .filter(rule -> rule.protocol() == Protocol.UDP)
                .ifPresent(rule ->
                        ports.add(new HostPort(Component.AGENT, Protocol.UDP, rule.from(), Scope.NODE, "WireGuard")));
        settings.text("kubeProxyReplacementHealthzBindAddr")
                .filter(address -> settings.kubeProxyReplacement() && address.matches(".*:\\d{1,5}"))
                .ifPresent(address -> ports.add(tcp(
                        Component.AGENT,
                        Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
                        Scope.NODE,
                        "health in place of kube-proxy")));
    }

    private static void operator(Settings settings, List<HostPort> ports) {
        ports.add(tcp(Component.OPERATOR, 9234, Scope.LOOPBACK, "health"));
        ports.add(tcp(Component.OPERATOR, 9891, Scope.LOOPBACK, "process diagnostics"));
        if (settings.on("operator.prometheus.enabled")) {
            ports.add(
                    tcp(Component.OPERATOR, settings.number("operator.prometheus.port", 9963), Scope.NODE, "metrics"));
        }
        if (settings.on("operator.pprof.enabled")) {
            ports.add(
                    tcp(Component.OPERATOR, settings.number("operator.pprof.port", 6061), Scope.LOOPBACK, "profiling"));
        }
    }

    private static Optional<NodePortRule> tunnel(Settings settings) {
        if (!settings.tunnel()) {
            return Optional.empty();
        }
        String name = settings.tunnelProtocol().equals("geneve") ? "Geneve" : "VXLAN";
        int port = settings.tunnelPort();
        return Optional.of(new NodePortRule(
                Protocol.UDP, port, port, name + " tunnels: all pod traffic between nodes", Need.REQUIRED));
    }

    private static Optional<NodePortRule> encryption(Settings settings) {
        if (!settings.on("encryption.enabled")) {
            return Optional.empty();
        }
        return switch (settings.text("encryption.type").orElse("ipsec")) {
            case "wireguard" ->
                Optional.of(new NodePortRule(Protocol.UDP, 51_871, 51_871, "WireGuard encryption", Need.REQUIRED));
            case "ipsec" -> Optional.of(new NodePortRule(Protocol.ESP, 0, 0, "IPsec encryption", Need.REQUIRED));
            default -> Optional.empty();
        };
    }

    private static HostPort tcp(Component component, int port, Scope scope, String purpose) {
        return new HostPort(component, Protocol.TCP, port, scope, purpose);
    }
}
