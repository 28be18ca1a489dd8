package io.cnishift.api.cluster;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes. */
final class NodeProjection {

    private NodeProjection() {}

    static Node node(Map<String, ?> tree) {
        return new Node(
                Meta.name(tree),
                Meta.uid(tree),
                Meta.version(tree),
                instance(tree),
                Meta.labels(tree),
                Meta.annotations(tree),
                taints(tree),
                Tree.flag(tree, "spec", "unschedulable"),
                Conditions.holds(tree, "Ready"),
                (int) amount(tree, "pods")
                        .map(q -> Quantities.amount(q).longValue())
                        .orElse(0L)
                        .longValue(),
                amount(tree, "cpu")
                        .map(q -> Quantities.millis(q, RoundingMode.FLOOR))
                        .orElse(0L),
                amount(tree, "memory")
                        .map(q -> Quantities.mebibytes(q, RoundingMode.FLOOR))
                        .orElse(0L),
                Tree.text(tree, "status", "nodeInfo", "kernelVersion").orElse(""),
                Tree.text(tree, "status", "nodeInfo", "architecture").orElse(""),
                Tree.text(tree, "status", "nodeInfo", "osImage").orElse(""),
                address(tree),
                Meta.created(tree));
    }

    private static Optional<String> amount(Map<String, ?> tree, String resource) {
        return Tree.text(tree, "status", "allocatable", resource);
    }

    /** {@code aws:///ZONE/INSTANCE}; Fargate and hybrid nodes have no instance there. */
    private static Optional<String> instance(Map<String, ?> tree) {
        return Tree.text(tree, "spec", "providerID")
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .filter(id -> id.startsWith("i-"));
    }

    private static List<Taint> taints(Map<String, ?> tree) {
        return Tree.maps(tree, "spec", "taints").stream()
                .map(t -> new Taint(
                        Tree.text(t, "key").orElse(""),
                        Tree.text(t, "value").orElse(""),
                        Tree.text(t, "effect").orElse("")))
                .toList();
    }

    private static String address(Map<String, ?> tree) {
        return Tree.maps(tree, "status", "addresses").stream()
                .filter(a -> Tree.text(a, "type").filter("InternalIP"::equals).isPresent())
                .flatMap(a -> Tree.text(a, "address").stream())
                .findFirst()
                .orElse("");
    }
}
