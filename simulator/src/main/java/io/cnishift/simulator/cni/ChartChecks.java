package io.cnishift.simulator.cni;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * With which values the templates of the cilium chart stop, in the words of one line. Source: cilium/charts
 * templates/validate.yaml, templates/cilium-configmap.yaml of 1.18 to 1.20.
 */
final class ChartChecks {

    private static final Pattern CLUSTER_NAME = Pattern.compile("^([a-z0-9][-a-z0-9]*)?[a-z0-9]$");
    private static final int LONGEST_CLUSTER_NAME = 32;
    private static final List<String> REMOVED = List.of(
            "tunnel", "enableCiliumEndpointSlice", "remoteNodeIdentity", "enableCnpStatusUpdates", "endpointStatus");
    private static final List<String> REMOVED_119 =
            List.of("nodePort.enabled", "externalIPs", "hostPort", "svcSourceRangeCheck", "customCalls");

    private ChartChecks() {}

    /** The message with which rendering fails, if it does. */
    static Optional<String> failure(ReleaseValues v) {
        return removed(v)
                .or(() -> services(v))
                .or(() -> hubble(v))
                .or(() -> cluster(v))
                .or(() -> addresses(v));
    }

    private static Optional<String> removed(ReleaseValues v) {
        return REMOVED.stream()
                .filter(v::set)
                .findFirst()
                .or(() -> v.minor() < 19
                        ? Optional.empty()
                        : REMOVED_119.stream().filter(v::set).findFirst())
                .map(path -> "The value " + path + " was removed from chart " + v.version());
    }

    private static Optional<String> services(ReleaseValues v) {
        String replacement = v.text("kubeProxyReplacement", "false");
        if (!Set.of("true", "false").contains(replacement)) {
            return Optional.of(
                    "kubeProxyReplacement must be explicitly set to a valid value (true or false), not " + replacement);
        }
        return v.set("k8sServiceHostRef.name") && v.set("k8sServiceHost")
                ? Optional.of("k8sServiceHost and k8sServiceHostRef must not be set together")
                : Optional.empty();
    }

    private static Optional<String> hubble(ReleaseValues v) {
        boolean relay = v.on("hubble.relay.enabled", false);
        if (v.on("hubble.ui.enabled", false) && !relay) {
            return Optional.of("Hubble UI requires .Values.hubble.relay.enabled=true");
        }
        return relay && !v.on("hubble.enabled", true)
                ? Optional.of("Hubble Relay requires .Values.hubble.enabled=true")
                : Optional.empty();
    }

    private static Optional<String> cluster(ReleaseValues v) {
        String name = v.text("cluster.name", "default");
        int id = v.number("cluster.id", 0);
        if (!CLUSTER_NAME.matcher(name).matches() || name.length() > LONGEST_CLUSTER_NAME) {
            return Optional.of("The cluster name is invalid: " + name);
        }
        if (name.equals("default") && id != 0) {
            return Optional.of("The cluster name 'default' cannot be used with a cluster.id other than 0");
        }
        boolean markBit = (id >= 128 && id <= 255) || (id >= 384 && id <= 511);
        return markBit && (v.eni() || v.chainingMode().equals("aws-cni"))
                ? Optional.of("cluster.id " + id + " conflicts with packet marks of the AWS CNI; choose one below 128")
                : Optional.empty();
    }

    private static Optional<String> addresses(ReleaseValues v) {
        if (v.minor() >= 20 && v.ipam().equals("eni") && !v.eni()) {
            return Optional.of("ipam.mode=eni requires eni.enabled=true");
        }
        boolean native4 =
                v.routingMode().equals("native") && v.masquerade() && !v.ipam().equals("eni");
        return native4 && !v.set("ipv4NativeRoutingCIDR")
                ? Optional.of("ipv4NativeRoutingCIDR is required with routingMode=native and masquerading on")
                : Optional.empty();
    }
}
