package io.cnishift.simulator.cni;

import java.time.Instant;
import java.util.Objects;

/**
 * How a pod hangs in the network. It stays as it was made for as long as the pod lives, whatever becomes of the CNI.
 *
 * @param uid the pod's UID: a later pod of the same name has another wiring
 * @param node where the pod runs
 * @param address IPv4 address of the pod
 * @param secondaryEni whether the address is on another interface than the node's primary one, so that the node routes by
 *     source address
 * @param chained whether Cilium stands behind the VPC CNI (aws-cni chaining): an address of the VPC, managed by Cilium
 * @param since when it was made
 */
public record PodWiring(
        String uid, String node, CniKind by, String address, boolean secondaryEni, boolean chained, Instant since) {

    public PodWiring {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(since, "since");
    }

    /** Whether Cilium knows the pod as an endpoint. */
    public boolean managedByCilium() {
        return chained || by != CniKind.VPC_CNI;
    }
}
