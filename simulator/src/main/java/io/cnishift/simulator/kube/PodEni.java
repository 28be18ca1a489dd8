package io.cnishift.simulator.kube;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The extended resource that stands for a branch interface: a node with a trunk offers as many as its type carries, a pod with
 * security groups of its own asks for one.
 */
public final class PodEni {

    /** Name of the resource. */
    public static final String RESOURCE = "vpc.amazonaws.com/pod-eni";

    /** Label of nodes, {@code true} where a trunk is attached. */
    public static final String TRUNK_LABEL = "vpc.amazonaws.com/has-trunk-attached";

    private PodEni() {}

    /** Whether a pod asks for a branch interface. */
    public static boolean asked(Map<String, ?> pod) {
        for (Map<String, Object> container : Tree.maps(pod, "spec", "containers")) {
            if (count(container, "resources", "requests", RESOURCE) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The pod, asking for one with its first container. */
    public static Map<String, Object> asking(Map<String, Object> pod) {
        List<Map<String, Object>> containers = new ArrayList<>(Tree.maps(pod, "spec", "containers"));
        if (containers.isEmpty()) {
            return pod;
        }
        Map<String, Object> first = Trees.with(containers.get(0), "1", "resources", "limits", RESOURCE);
        containers.set(0, Trees.with(first, "1", "resources", "requests", RESOURCE));
        return Trees.with(pod, containers, "spec", "containers");
    }

    /** How many a node offers. */
    public static long offered(Map<String, ?> node) {
        return count(node, "status", "allocatable", RESOURCE);
    }

    private static long count(Map<String, ?> tree, String... path) {
        Optional<String> quantity = Tree.text(tree, path);
        return quantity.isPresent() && quantity.get().matches("[0-9]{1,9}") ? Long.parseLong(quantity.get()) : 0;
    }

    /** How many branch interfaces a node has room for, by its label and its type. */
    static int carried(Node node) {
        return "true".equals(node.labels().get(TRUNK_LABEL))
                ? InstanceTable.embedded()
                        .find(node.instanceType())
                        .map(InstanceLimits::branchEnis)
                        .orElse(0)
                : 0;
    }
}
