package io.cnishift.cilium;

import java.util.Objects;

/**
 * What the values of Cilium chained behind the VPC CNI depend on.
 *
 * @param version the chart that is installed
 * @param firstInstalled the release that was installed first on this cluster
 * @param hubble what of Hubble is on at the end
 */
public record ChainingInput(CiliumVersion version, CiliumVersion firstInstalled, HubbleLevel hubble) {

    /** @throws IllegalArgumentException when the first release is newer than the chart */
    public ChainingInput {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(firstInstalled, "firstInstalled");
        Objects.requireNonNull(hubble, "hubble");
        if (firstInstalled.compareTo(version) > 0) {
            throw new IllegalArgumentException(
                    "Cilium " + firstInstalled + " cannot have been installed before " + version);
        }
    }

    /** A first install without Hubble's own pods. */
    public static ChainingInput of(CiliumVersion version) {
        return new ChainingInput(version, version, HubbleLevel.AGENT);
    }
}
