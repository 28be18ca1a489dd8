package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.Map;

/** Cilium's own objects. */
final class CiliumProjection {

    private CiliumProjection() {}

    static CiliumNode node(Map<String, ?> tree) {
        return new CiliumNode(
                Meta.name(tree),
                Tree.texts(tree, "spec", "ipam", "podCIDRs").stream()
                        .map(Cidr::parse)
                        .toList(),
                Tree.text(tree, "status", "ipam", "operator-status", "error").filter(e -> !e.isEmpty()));
    }

    static CiliumEndpoint endpoint(Map<String, ?> tree) {
        return new CiliumEndpoint(
                Meta.namespace(tree),
                Meta.name(tree),
                Tree.text(tree, "status", "state").orElse(""),
                Tree.maps(tree, "status", "networking", "addressing").stream()
                        .flatMap(a -> Tree.text(a, "ipv4").stream())
                        .findFirst());
    }
}
