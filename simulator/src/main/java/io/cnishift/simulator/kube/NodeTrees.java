package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Nodes and namespaces as trees. Public for those who make nodes: an instance that joins is one. */
public final class NodeTrees {

    private NodeTrees() {}

    /** A Node tree that says what the record says; one that is not ready has its condition False. */
    public static Map<String, Object> node(Node node) {
        Map<String, Object> tree = MetaTrees.object(
                "v1",
                "Node",
                new Identity("", node.name(), node.uid(), node.resourceVersion(), node.createdAt()),
                node.labels());
        if (!node.annotations().isEmpty()) {
            tree = Trees.with(tree, node.annotations(), "metadata", "annotations");
        }
        String provider =
                node.instance().map(id -> "aws:///" + node.zone() + "/" + id).orElse("eks-hybrid:///" + node.name());
        List<Map<String, Object>> taints =
                node.taints().stream().map(NodeTrees::taint).toList();
        tree = Trees.with(
                tree,
                Trees.of(
                        "providerID",
                        provider,
                        "taints",
                        MetaTrees.filled(taints, taints.isEmpty()),
                        "unschedulable",
                        node.unschedulable() ? true : null),
                "spec");
        return Trees.with(tree, status(node), "status");
    }

    /** A taint as a tree. */
    public static Map<String, Object> taint(Taint taint) {
        return Trees.of("key", taint.key(), "value", MetaTrees.filled(taint.value()), "effect", taint.effect());
    }

    private static Map<String, Object> status(Node node) {
        int branches = PodEni.carried(node);
        Map<String, Object> amounts = Trees.of(
                "cpu",
                node.cpuMillis() + "m",
                "memory",
                node.memoryMiB() + "Mi",
                "pods",
                String.valueOf(node.maxPods()),
                PodEni.RESOURCE,
                branches > 0 ? String.valueOf(branches) : null);
        return Trees.of(
                "allocatable",
                amounts,
                "capacity",
                amounts,
                "addresses",
                List.of(
                        Trees.of("type", "InternalIP", "address", node.address()),
                        Trees.of("type", "Hostname", "address", node.name())),
                "conditions",
                List.of(condition(node.ready(), node.createdAt())),
                "nodeInfo",
                Trees.of(
                        "kernelVersion", node.kernel(),
                        "architecture", node.architecture(),
                        "osImage", node.osImage(),
                        "operatingSystem", node.linux() ? "linux" : "windows"));
    }

    private static Map<String, Object> condition(boolean ready, Instant since) {
        return Trees.of(
                "type",
                "Ready",
                "status",
                ready ? "True" : "False",
                "reason",
                ready ? "KubeletReady" : "KubeletNotReady",
                "lastTransitionTime",
                since.toString());
    }

    static Map<String, Object> namespace(Namespace namespace, Instant created) {
        Map<String, Object> tree = MetaTrees.object(
                "v1",
                "Namespace",
                new Identity("", namespace.name(), namespace.uid(), "", created),
                namespace.labels());
        tree = Trees.with(tree, List.of("kubernetes"), "spec", "finalizers");
        if (namespace.terminating()) {
            tree = MetaTrees.deleted(tree, created);
        }
        return Trees.with(tree, namespace.terminating() ? "Terminating" : "Active", "status", "phase");
    }
}
