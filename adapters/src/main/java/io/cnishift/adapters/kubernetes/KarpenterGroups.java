package io.cnishift.adapters.kubernetes;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * NodePools of Karpenter, and of EKS Auto Mode, as node groups. Pure. Source: API reference of Karpenter 1.x, NodePool and
 * EC2NodeClass.
 */
final class KarpenterGroups {

    private KarpenterGroups() {}

    /**
     * One NodePool.
     *
     * @param nodeClass the node class it refers to; an empty tree when that could not be read
     */
    static NodeGroup group(Map<String, Object> pool, Map<String, Object> nodeClass) {
        int nodes = quantity(pool, "status", "resources", "nodes")
                .map(Double::intValue)
                .orElse(0);
        List<String> types = requirement(pool, "node.kubernetes.io/instance-type");
        OptionalInt maxPods = maxPods(nodeClass);
        return new NodeGroup(
                Tree.text(pool, "metadata", "name").orElse(""),
                NodeGroup.Kind.KARPENTER,
                issues(pool).isEmpty() ? "ACTIVE" : "DEGRADED",
                Optional.empty(),
                0,
                most(pool, types).orElse(nodes),
                nodes,
                types,
                image(nodeClass),
                requirement(pool, "karpenter.sh/capacity-type").contains("spot") ? "spot" : "on-demand",
                Tree.maps(nodeClass, "status", "subnets").stream()
                        .flatMap(subnet -> Tree.text(subnet, "id").stream())
                        .toList(),
                Optional.empty(),
                maxPods.isPresent() ? MaxPodsBy.NODE_CLASS : MaxPodsBy.ENI_FORMULA,
                maxPods,
                Tree.strings(pool, "spec", "template", "metadata", "labels"),
                Tree.maps(pool, "spec", "template", "spec", "taints").stream()
                        .map(KarpenterGroups::taint)
                        .toList(),
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

    /**
     * The highest node count that the pool's limits allow: a limit of nodes, a fixed number of replicas, or a limit of CPU with
     * the smallest type that the pool may launch. Empty when nothing limits it, or CPU does and no type is named: then the
     * count is not known.
     */
    static OptionalInt most(Map<String, Object> pool, List<String> types) {
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

    private static OptionalInt maxPods(Map<String, Object> nodeClass) {
        long set = Tree.number(nodeClass, -1, "spec", "kubelet", "maxPods");
        return set < 0 ? OptionalInt.empty() : OptionalInt.of((int) set);
    }

    private static String image(Map<String, Object> nodeClass) {
        Optional<String> alias = Tree.maps(nodeClass, "spec", "amiSelectorTerms").stream()
                .flatMap(term -> Tree.text(term, "alias").stream())
                .findFirst();
        return alias.or(() -> Tree.text(nodeClass, "spec", "amiFamily")).orElse("CUSTOM");
    }

    private static List<String> requirement(Map<String, Object> pool, String key) {
        return Tree.maps(pool, "spec", "template", "spec", "requirements").stream()
                .filter(r -> Tree.text(r, "key").filter(key::equals).isPresent())
                .filter(r -> Tree.text(r, "operator").filter("In"::equals).isPresent())
                .flatMap(r -> Tree.texts(r, "values").stream())
                .distinct()
                .toList();
    }

    private static Taint taint(Map<String, Object> tree) {
        return new Taint(
                Tree.text(tree, "key").orElse(""),
                Tree.text(tree, "value").orElse(""),
                Tree.text(tree, "effect").orElse(""));
    }

    private static List<String> issues(Map<String, Object> pool) {
        return Tree.maps(pool, "status", "conditions").stream()
                .filter(c -> Tree.text(c, "status").filter("False"::equals).isPresent())
                .map(c -> Tree.text(c, "reason").or(() -> Tree.text(c, "type")).orElse("") + ": "
                        + Tree.text(c, "message").orElse(""))
                .toList();
    }

    private static Optional<Double> quantity(Map<String, Object> tree, String... path) {
        try {
            return Tree.text(tree, path)
                    .map(text -> Quantity.parse(text).getNumericalAmount().doubleValue());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
