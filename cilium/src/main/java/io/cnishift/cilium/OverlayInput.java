package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the values of the overlay migration depend on. Start from {@link #of} and change what differs from its defaults.
 *
 * @param version the chart that is installed
 * @param firstInstalled the release that was installed first on this cluster; the same as {@code version} on a new one
 * @param podCidrs the cluster pool, in the order in which it was ever extended; IPv4, never empty
 * @param nodeMask prefix length of the slice of each node, 1 to 30; cannot be changed later
 * @param coexistence what Cilium does on nodes of the VPC CNI
 * @param kubeProxyReplacement whether and when kube-proxy goes
 * @param apiServerHost host name of the cluster's API endpoint, without scheme, path or port; present whenever kube-proxy goes
 * @param hubble what of Hubble is on at the end
 */
public record OverlayInput(
        CiliumVersion version,
        CiliumVersion firstInstalled,
        List<Cidr> podCidrs,
        int nodeMask,
        Coexistence coexistence,
        KubeProxyReplacement kubeProxyReplacement,
        Optional<String> apiServerHost,
        HubbleLevel hubble) {

    /** @throws IllegalArgumentException when a component is out of the range that its description gives */
    public OverlayInput {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(firstInstalled, "firstInstalled");
        podCidrs = List.copyOf(podCidrs);
        Objects.requireNonNull(coexistence, "coexistence");
        Objects.requireNonNull(kubeProxyReplacement, "kubeProxyReplacement");
        Objects.requireNonNull(apiServerHost, "apiServerHost");
        Objects.requireNonNull(hubble, "hubble");
        if (firstInstalled.compareTo(version) > 0) {
            throw new IllegalArgumentException(
                    "Cilium " + firstInstalled + " cannot have been installed before " + version);
        }
        checkPool(podCidrs, nodeMask);
        if (kubeProxyReplacement != KubeProxyReplacement.OFF && apiServerHost.isEmpty()) {
            throw new IllegalArgumentException("without kube-proxy the agents need the host name of the API server");
        }
    }

    /** A first install on a routed cluster that keeps kube-proxy and the node's own network stack, without Hubble relay. */
    public static OverlayInput of(CiliumVersion version, List<Cidr> podCidrs, int nodeMask) {
        return new OverlayInput(
                version,
                version,
                podCidrs,
                nodeMask,
                Coexistence.ROUTED,
                KubeProxyReplacement.OFF,
                Optional.empty(),
                HubbleLevel.AGENT);
    }

    /** The same with another first release. */
    public OverlayInput withFirstInstalled(CiliumVersion first) {
        return new OverlayInput(
                version, first, podCidrs, nodeMask, coexistence, kubeProxyReplacement, apiServerHost, hubble);
    }

    /** The same with another way of living beside the VPC CNI. */
    public OverlayInput withCoexistence(Coexistence other) {
        return new OverlayInput(
                version, firstInstalled, podCidrs, nodeMask, other, kubeProxyReplacement, apiServerHost, hubble);
    }

    /** The same with kube-proxy going at the given time, and the host that agents then call. */
    public OverlayInput withKubeProxyReplacement(KubeProxyReplacement when, String apiServer) {
        return new OverlayInput(
                version, firstInstalled, podCidrs, nodeMask, coexistence, when, Optional.of(apiServer), hubble);
    }

    /** The same with more or less of Hubble. */
    public OverlayInput withHubble(HubbleLevel other) {
        return new OverlayInput(
                version, firstInstalled, podCidrs, nodeMask, coexistence, kubeProxyReplacement, apiServerHost, other);
    }

    private static void checkPool(List<Cidr> podCidrs, int nodeMask) {
        if (podCidrs.isEmpty()) {
            throw new IllegalArgumentException("the cluster pool needs at least one CIDR");
        }
        if (nodeMask < 1 || nodeMask > 30) {
            throw new IllegalArgumentException("the node mask is 1 to 30: " + nodeMask);
        }
        for (Cidr cidr : podCidrs) {
            if (!cidr.ipv4()) {
                throw new IllegalArgumentException("the cluster pool is IPv4: " + cidr);
            }
            if (cidr.prefix() > nodeMask) {
                throw new IllegalArgumentException(
                        "a /" + nodeMask + " slice for each node does not fit into the pool block " + cidr);
            }
        }
    }
}
