package io.cnishift.api.cluster;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * NodePools of Karpenter, and of EKS Auto Mode: as they are written, and as node groups. Pure. Source: API reference of
 * Karpenter 1.x, NodePool and EC2NodeClass.
 */
public final class NodePoolProjection {

    private NodePoolProjection() {}

    /** A NodePool as it is written. */
    public static NodePool pool(Map<String, ?> tree) {
        return new NodePool(Meta.name(tree), Tree.map(tree, "spec"), KubeProjection.owner(tree));
    }

    /** An EC2NodeClass. */
    public static NodeClass nodeClass(Map<String, ?> tree) {
        return new NodeClass(Meta.name(tree), Tree.map(tree, "spec"), subnets(tree), KubeProjection.owner(tree));
    }

    /**
     * What a NodePool comes to.
     *
     * @param nodeClass the node class it refers to; an empty tree when that could not be read
     */
    public static NodeGroup group(Map<String, ?> pool, Map<String, ?> nodeClass) {
        int nodes = quantity(pool, "status", "resources", "nodes")
                .map(Double::intValue)
                .orElse(0);
        List<String> types = requirement(pool, "node.kubernetes.io/instance-type");
        long set = Tree.number(nodeClass, -1, "spec", "kubelet", "maxPods");
        OptionalInt maxPods = set < 0 ? OptionalInt.empty() : OptionalInt.of((int) set);
        return new NodeGroup(
                Meta.name(pool),
                NodeGroup.Kind.KARPENTER,
                issues(pool).isEmpty() ? "ACTIVE" : "DEGRADED",
                Optional.empty(),
                0,
                most(pool, types).orElse(nodes),
                nodes,
                types,
                image(nodeClass),
                requirement(pool, "karpenter.sh/capacity-type").contains("spot") ? "spot" : "on-demand",
                subnets(nodeClass),
                Optional.empty(),
                maxPods.isPresent() ? MaxPodsBy.NODE_CLASS : MaxPodsBy.ENI_FORMULA,
                maxPods,
                Tree.strings(pool, "spec", "template", "metadata", "labels"),
                taints(pool, "taints"),
                Tree.text(nodeClass, "spec", "role")
                        .or(() -> Tree.text(nodeClass, "spec", "instanceProfile"))
                        .orElse(""),
                false,
                List.of(),
                List.of(),
                issues(pool),
                Tree.strings(nodeClass, "spec", "tags"),
                KubeProjection.owner(pool));
    }

    /** Taints that its nodes join with and that something takes away once they are ready for pods. */
    public static List<Taint> startupTaints(Map<String, ?> pool) {
        return taints(pool, "startupTaints");
    }

    /**
     * The highest node count that the pool's limits allow: a limit of nodes, a fixed number of replicas, or a limit of CPU with
     * the smallest type that the pool may launch. Empty when nothing limits it, or CPU does and no type is named: then the
     * count is not known.
     */
    public static OptionalInt most(Map<String, ?> pool, List<String> types) {
        Optional<Double> nodes = quantity(pool, "spec", "limits", "nodes").or(() -> quantity(pool, "spec", "replicas"));
        if (nodes.isPresent()) {
            return OptionalInt.of((int) Math.floor(nodes.get()));
        }
        int smallest = types.stream()
                .flatMap(type -> InstanceTable.embedded().find(type).stream())
                .mapToInt(InstanceLimits::vcpus)
                .filter(vcpus -> vcpus > 0)
                .min()
                .orElse(0);
        Optional<Double> cpu = quantity(pool, "spec", "limits", "cpu");
        return smallest == 0 || cpu.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.ceil(cpu.get() / smallest));
    }

    /** The most nodes that a pool may have by its limits; empty when they do not count nodes. */
    public static OptionalInt nodeLimit(Map<String, ?> pool) {
        return quantity(pool, "spec", "limits", "nodes")
                .map(nodes -> OptionalInt.of(nodes.intValue()))
                .orElse(OptionalInt.empty());
    }

    /** The limit of CPU over all nodes of a pool, in thousandths; empty when there is none. */
    public static OptionalLong cpuLimitMillis(Map<String, ?> pool) {
        return Tree.text(pool, "spec", "limits", "cpu")
                .map(text -> OptionalLong.of(Quantities.millis(text, RoundingMode.DOWN)))
                .orElse(OptionalLong.empty());
    }

    private static List<String> subnets(Map<String, ?> nodeClass) {
        return Tree.maps(nodeClass, "status", "subnets").stream()
                .flatMap(subnet -> Tree.text(subnet, "id").stream())
                .toList();
    }

    private static String image(Map<String, ?> nodeClass) {
        Optional<String> alias = Tree.maps(nodeClass, "spec", "amiSelectorTerms").stream()
                .flatMap(term -> Tree.text(term, "alias").stream())
                .findFirst();
        return alias.or(() -> Tree.text(nodeClass, "spec", "amiFamily")).orElse("CUSTOM");
    }

    private static List<String> requirement(Map<String, ?> pool, String key) {
        return Tree.maps(pool, "spec", "template", "spec", "requirements").stream()
                .filter(r -> Tree.text(r, "key").filter(key::equals).isPresent())
                .filter(r -> Tree.text(r, "operator").filter("In"::equals).isPresent())
                .flatMap(r -> Tree.texts(r, "values").stream())
                .distinct()
                .toList();
    }

    private static List<Taint> taints(Map<String, ?> pool, String which) {
        return Tree.maps(pool, "spec", "template", "spec", which).stream()
                .map(t -> new Taint(
                        Tree.text(t, "key").orElse(""),
                        Tree.text(t, "value").orElse(""),
                        Tree.text(t, "effect").orElse("")))
                .toList();
    }

    private static List<String> issues(Map<String, ?> pool) {
        return Tree.maps(pool, "status", "conditions").stream()
                .filter(c -> Tree.text(c, "status").filter("False"::equals).isPresent())
                .map(c -> Tree.text(c, "reason").or(() -> Tree.text(c, "type")).orElse("") + ": "
                        + Tree.text(c, "message").orElse(""))
                .toList();
    }

    private static Optional<Double> quantity(Map<String, ?> tree, String... path) {
        return Tree.text(tree, path).map(text -> Quantities.amount(text).doubleValue());
    }
}
