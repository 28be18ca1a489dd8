package io.cnishift.cilium;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The checks with which an agent refuses to start, as far as ConfigMap and environment decide them. What it returns is what
 * the agent logs before it exits; the pod then restarts, again and again.
 *
 * <p>Order as in the agent: Kubernetes client, configuration, kube-proxy replacement, masquerading, listeners.
 */
public final class AgentStart {

    private static final Set<String> ROUTING_MODES = Set.of("tunnel", "native");

    private static final Set<String> TUNNEL_PROTOCOLS = Set.of("vxlan", "geneve");

    private static final Pattern CLUSTER_NAME = Pattern.compile("([a-z0-9][-a-z0-9]*)?[a-z0-9]");

    private final CiliumVersion version;
    private final Map<String, String> config;

    private AgentStart(CiliumVersion version, Map<String, String> config) {
        this.version = version;
        this.config = config;
    }

    /**
     * What the agent's container gets from its pod.
     *
     * @param host {@code KUBERNETES_SERVICE_HOST} when the chart sets it, else empty: the address of the Service
     * @param port {@code KUBERNETES_SERVICE_PORT} when the chart sets it
     * @param kubeProxy whether kube-proxy runs on the node, and so listens on port 10256
     */
    public record Environment(Optional<String> host, Optional<String> port, boolean kubeProxy) {

        public Environment {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(port, "port");
        }

        /** What the chart puts there for the pod, on a node without kube-proxy. */
        public static Environment of(AgentPod pod) {
            return new Environment(pod.apiServerHost(), pod.apiServerPort(), false);
        }

        /** The same on a node with kube-proxy. */
        public Environment besideKubeProxy() {
            return new Environment(host, port, true);
        }
    }

    /**
     * Why an agent of this release does not start with this configuration; empty when it does.
     *
     * @param config ConfigMap data, with the CiliumNodeConfig of the node laid over it
     */
    public static Optional<String> fatal(CiliumVersion version, Map<String, String> config, Environment environment) {
        AgentStart start = new AgentStart(version, config);
        return environment
                .host()
                .flatMap(host ->
                        ApiServerAddress.refusal(host, environment.port().orElse("")))
                .or(start::cluster)
                .or(start::routing)
                .or(start::nativeRouting)
                .or(start::kubeProxyReplacement)
                .or(start::masquerading)
                .or(() -> environment.kubeProxy() ? start.healthz() : Optional.empty());
    }

    private Optional<String> healthz() {
        String address = text("kube-proxy-replacement-healthz-bind-address", "");
        return on("kube-proxy-replacement", false) && address.endsWith(":10256")
                ? Optional.of("failed to start kubeproxy healthz server: listen tcp " + address
                        + ": bind: address already in use (kube-proxy should not be running nor listening on the same"
                        + " healthz-bind-address)")
                : Optional.empty();
    }

    private Optional<String> cluster() {
        String name = text("cluster-name", "default");
        int id = number("cluster-id");
        int most = config.containsKey("max-connected-clusters") ? number("max-connected-clusters") : 255;
        if (name.length() > 32 || !CLUSTER_NAME.matcher(name).matches()) {
            return Optional.of("invalid cluster name: must consist of lower case alphanumeric characters and '-',"
                    + " at most 32 characters");
        }
        if (most != 255 && most != 511) {
            return Optional.of("invalid max-connected-clusters value " + most + "; must be 255 or 511");
        }
        if (id > most) {
            return Optional.of("invalid cluster id " + id + ": must be in range 0.." + most);
        }
        if (id != 0 && name.equals("default")) {
            return Optional.of("cannot use default cluster name (default) with option cluster-id");
        }
        boolean shared = text("ipam", "cluster-pool").equals("eni")
                || text("cni-chaining-mode", "none").equals("aws-cni");
        if ((id & 0x80) != 0 && shared && !on("allow-unsafe-policy-skb-usage", false)) {
            return Optional.of("cluster-id " + id + " conflicts with packet marks of ENI mode and aws-cni chaining"
                    + " (allow-unsafe-policy-skb-usage is not set)");
        }
        return Optional.empty();
    }

    private Optional<String> routing() {
        String mode = text("routing-mode", "tunnel");
        if (!ROUTING_MODES.contains(mode)) {
            return Optional.of("invalid routing mode \"" + mode + "\", valid modes = [native tunnel]");
        }
        String protocol = text("tunnel-protocol", "vxlan");
        if (!TUNNEL_PROTOCOLS.contains(protocol)) {
            return Optional.of("invalid tunnel protocol \"" + protocol + "\"");
        }
        if (on("auto-direct-node-routes", false) && mode.equals("tunnel")) {
            return Optional.of("auto-direct-node-routes cannot be used with tunneling");
        }
        return Optional.empty();
    }

    private Optional<String> nativeRouting() {
        boolean needed = on("enable-ipv4", true)
                && on("enable-ipv4-masquerade", true)
                && text("routing-mode", "tunnel").equals("native")
                && !text("ipam", "cluster-pool").equals("eni")
                && !on("enable-ip-masq-agent", false);
        return needed && text("ipv4-native-routing-cidr", "").isEmpty()
                ? Optional.of(
                        "native routing cidr must be configured with option --ipv4-native-routing-cidr in combination"
                                + " with --enable-ipv4=true --enable-ipv4-masquerade=true --enable-ip-masq-agent=false"
                                + " --routing-mode=native --ipam=" + text("ipam", "cluster-pool"))
                : Optional.empty();
    }

    private Optional<String> kubeProxyReplacement() {
        String value = text("kube-proxy-replacement", "false");
        return value.equals("true") || value.equals("false")
                ? Optional.empty()
                : Optional.of("unable to initialize kube-proxy replacement options: invalid value for"
                        + " --kube-proxy-replacement: " + value);
    }

    private Optional<String> masquerading() {
        boolean any = (on("enable-ipv4-masquerade", true) && on("enable-ipv4", true))
                || (on("enable-ipv6-masquerade", true) && on("enable-ipv6", false));
        boolean bpf = on("enable-bpf-masquerade", false);
        if (any && bpf) {
            return bpfMasquerading();
        }
        if (on("enable-ip-masq-agent", false)) {
            return Optional.of("BPF ip-masq-agent requires (--enable-ipv4-masquerade=\"true\" or"
                    + " --enable-ipv6-masquerade=\"true\") and --enable-bpf-masquerade=\"true\"");
        }
        return bpf
                ? Optional.of("BPF masquerade requires (--enable-ipv4-masquerade=\"true\" or"
                        + " --enable-ipv6-masquerade=\"true\")")
                : Optional.empty();
    }

    private Optional<String> bpfMasquerading() {
        boolean nodePort = on("kube-proxy-replacement", false) || on("enable-node-port", false);
        if (!version.atLeast(19) && !nodePort) {
            return Optional.of("unable to initialize BPF masquerade support: BPF masquerade requires NodePort"
                    + " (--enable-node-port=\"true\")");
        }
        if (!text("egress-masquerade-interfaces", "").isEmpty()) {
            return Optional.of("unable to initialize BPF masquerade support: BPF masquerade does not allow to specify"
                    + " devices via --egress-masquerade-interfaces (use --devices instead)");
        }
        return on("enable-masquerade-to-route-source", false)
                ? Optional.of(
                        "BPF masquerading to route source (--enable-masquerade-to-route-source=\"true\") currently"
                                + " not supported with BPF-based masquerading (--enable-bpf-masquerade=\"true\")")
                : Optional.empty();
    }

    private String text(String key, String byDefault) {
        return config.getOrDefault(key, byDefault);
    }

    private boolean on(String key, boolean byDefault) {
        return Boolean.parseBoolean(config.getOrDefault(key, Boolean.toString(byDefault)));
    }

    private int number(String key) {
        String text = config.getOrDefault(key, "0");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
