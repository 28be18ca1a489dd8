package io.cnishift.cilium;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the values of Cilium in ENI mode depend on. Start from {@link #of} and change what differs from its defaults.
 *
 * @param version the chart that is installed
 * @param firstInstalled the release that was installed first on this cluster
 * @param prefixes whether network interfaces get /28 prefixes instead of single addresses
 * @param masquerade how pods reach what is outside the VPC
 * @param subnetTags tags {@code key=value} that subnets for new interfaces must have; empty for the subnet of the node
 * @param iamRole role that the operator assumes by its service account; empty when it takes the node's
 * @param kubeProxyReplacement whether and when kube-proxy goes
 * @param apiServerHost host name of the cluster's API endpoint; present whenever kube-proxy goes
 * @param hubble what of Hubble is on at the end
 */
public record EniInput(
        CiliumVersion version,
        CiliumVersion firstInstalled,
        boolean prefixes,
        Masquerade masquerade,
        List<String> subnetTags,
        Optional<String> iamRole,
        KubeProxyReplacement kubeProxyReplacement,
        Optional<String> apiServerHost,
        HubbleLevel hubble) {

    /** Source addresses of traffic that leaves the VPC. */
    public enum Masquerade {
        /** Left as they are: a NAT gateway or the transit network rewrites them. The chart's default since 1.18. */
        OFF,
        /** Rewritten to the node's address: nodes in public subnets. */
        NODE_ADDRESS
    }

    /** @throws IllegalArgumentException when a component is out of the range that its description gives */
    public EniInput {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(firstInstalled, "firstInstalled");
        Objects.requireNonNull(masquerade, "masquerade");
        subnetTags = List.copyOf(subnetTags);
        Objects.requireNonNull(iamRole, "iamRole");
        Objects.requireNonNull(kubeProxyReplacement, "kubeProxyReplacement");
        Objects.requireNonNull(apiServerHost, "apiServerHost");
        Objects.requireNonNull(hubble, "hubble");
        if (firstInstalled.compareTo(version) > 0) {
            throw new IllegalArgumentException(
                    "Cilium " + firstInstalled + " cannot have been installed before " + version);
        }
        if (kubeProxyReplacement != KubeProxyReplacement.OFF && apiServerHost.isEmpty()) {
            throw new IllegalArgumentException("without kube-proxy the agents need the host name of the API server");
        }
    }

    /** A first install that gives single addresses, leaves them unchanged and keeps kube-proxy. */
    public static EniInput of(CiliumVersion version) {
        return new EniInput(
                version,
                version,
                false,
                Masquerade.OFF,
                List.of(),
                Optional.empty(),
                KubeProxyReplacement.OFF,
                Optional.empty(),
                HubbleLevel.AGENT);
    }

    /** The same with another first release. */
    public EniInput withFirstInstalled(CiliumVersion first) {
        return new EniInput(
                version, first, prefixes, masquerade, subnetTags, iamRole, kubeProxyReplacement, apiServerHost, hubble);
    }

    /** The same with /28 prefixes on network interfaces. */
    public EniInput withPrefixes() {
        return new EniInput(
                version,
                firstInstalled,
                true,
                masquerade,
                subnetTags,
                iamRole,
                kubeProxyReplacement,
                apiServerHost,
                hubble);
    }

    /** The same with another treatment of source addresses. */
    public EniInput withMasquerade(Masquerade other) {
        return new EniInput(
                version,
                firstInstalled,
                prefixes,
                other,
                subnetTags,
                iamRole,
                kubeProxyReplacement,
                apiServerHost,
                hubble);
    }

    /** The same with interfaces in the subnets that have these tags. */
    public EniInput withSubnetTags(List<String> tags) {
        return new EniInput(
                version,
                firstInstalled,
                prefixes,
                masquerade,
                tags,
                iamRole,
                kubeProxyReplacement,
                apiServerHost,
                hubble);
    }

    /** The same with a role for the operator. */
    public EniInput withIamRole(String role) {
        return new EniInput(
                version,
                firstInstalled,
                prefixes,
                masquerade,
                subnetTags,
                Optional.of(role),
                kubeProxyReplacement,
                apiServerHost,
                hubble);
    }

    /** The same with kube-proxy going at the given time, and the host that agents then call. */
    public EniInput withKubeProxyReplacement(KubeProxyReplacement when, String apiServer) {
        return new EniInput(
                version,
                firstInstalled,
                prefixes,
                masquerade,
                subnetTags,
                iamRole,
                when,
                Optional.of(apiServer),
                hubble);
    }

    /** The same with more or less of Hubble. */
    public EniInput withHubble(HubbleLevel other) {
        return new EniInput(
                version,
                firstInstalled,
                prefixes,
                masquerade,
                subnetTags,
                iamRole,
                kubeProxyReplacement,
                apiServerHost,
                other);
    }
}
