package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import java.util.Map;
import java.util.OptionalInt;

/** Cilium's own objects. */
final class CiliumProjection {

    private CiliumProjection() {}

    static CiliumNode node(Map<String, ?> tree) {
        return new CiliumNode(
                Meta.name(tree),
                Tree.texts(tree, "spec", "ipam", "podCIDRs").stream()
                        .map(Cidr::parse)
                        .toList(),
                addresses(tree),
                Tree.text(tree, "status", "ipam", "operator-status", "error").filter(e -> !e.isEmpty()));
    }

    /** One by one where the operator lists them, else in the blocks of the pools that the agent lists. */
    private static OptionalInt addresses(Map<String, ?> tree) {
        if (Tree.map(tree, "spec", "eni").isEmpty()) {
            return OptionalInt.empty();
        }
        long inPools = Tree.maps(tree, "spec", "ipam", "pools", "allocated").stream()
                .flatMap(pool -> Tree.texts(pool, "cidrs").stream())
                .mapToLong(cidr -> Cidr.parse(cidr).size())
                .sum();
        return OptionalInt.of(
                Tree.map(tree, "spec", "ipam", "pool").size() + Math.toIntExact(Math.min(inPools, Integer.MAX_VALUE)));
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
