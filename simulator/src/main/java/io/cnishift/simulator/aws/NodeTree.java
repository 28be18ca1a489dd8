package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The Node object that a kubelet registers for an instance. */
record NodeTree(ClusterSnapshot snapshot, Instance instance, NodeGroup group, Template template, int maxPods) {

    private static final String UNINITIALIZED = "container runtime network not ready: NetworkReady=false "
            + "reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized";

    /** The private DNS name of the instance. */
    String name() {
        return name(snapshot, instance);
    }

    /** The private DNS name of an instance. */
    static String name(ClusterSnapshot snapshot, Instance instance) {
        String region = snapshot.cluster().region();
        String domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
        return "ip-" + instance.privateAddress().replace('.', '-') + "." + domain;
    }

    Map<String, Object> build(Instant now) {
        Optional<Node> sibling = sibling();
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Node",
                "metadata",
                Trees.of("name", name(), "labels", labels(sibling)),
                "spec",
                Trees.of(
                        "providerID",
                        "aws:///" + instance.availabilityZone() + "/" + instance.id(),
                        "taints",
                        taints().isEmpty() ? null : taints()),
                "status",
                status(sibling, now));
    }

    /** A node of the snapshot that is most like this one: of the group, else of the type, else any. */
    private Optional<Node> sibling() {
        return snapshot.nodes().stream()
                .min(Comparator.comparing(
                                (Node n) -> !group.name().equals(n.labels().get("eks.amazonaws.com/nodegroup")))
                        .thenComparing(n -> !n.instanceType().equals(instance.type()))
                        .thenComparing(Node::name));
    }

    private Map<String, String> labels(Optional<Node> sibling) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/arch", sibling.map(Node::architecture).orElse("amd64"));
        labels.put("kubernetes.io/hostname", name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("node.kubernetes.io/instance-type", instance.type());
        labels.put("topology.kubernetes.io/region", snapshot.cluster().region());
        labels.put("topology.kubernetes.io/zone", instance.availabilityZone());
        if (group.kind() == NodeGroup.Kind.MANAGED) {
            labels.put("eks.amazonaws.com/nodegroup", group.name());
            labels.put("eks.amazonaws.com/nodegroup-image", instance.imageId());
            labels.put(
                    "eks.amazonaws.com/capacityType",
                    group.capacityType().replace('-', '_').toUpperCase(Locale.ROOT));
        }
        if (group.kind() == NodeGroup.Kind.KARPENTER) {
            labels.putAll(NodePools.labels(group));
        }
        labels.putAll(template.labels());
        if (!labelledLate()) {
            labels.putAll(group.labels());
        }
        return labels;
    }

    private List<Map<String, Object>> taints() {
        List<Taint> all = new ArrayList<>(template.taints());
        if (!labelledLate()) {
            all.addAll(lateTaints());
        }
        return all.stream().map(NodeTree::tree).toList();
    }

    private static Map<String, Object> tree(Taint taint) {
        return Trees.of("key", taint.key(), "value", taint.value(), "effect", taint.effect());
    }

    private List<Taint> lateTaints() {
        return group.taints().stream()
                .filter(t -> !template.taints().contains(t))
                .toList();
    }

    /** Beside an image of the template EKS passes nothing to the kubelet: labels and taints of the group come after the node. */
    boolean labelledLate() {
        return group.kind() == NodeGroup.Kind.MANAGED && template.imageId().isPresent();
    }

    /** The node with the labels and taints of its group that its kubelet did not register. */
    Map<String, Object> labelled(Map<String, Object> node) {
        Map<String, Object> labels = new LinkedHashMap<>(Tree.map(node, "metadata", "labels"));
        group.labels().forEach(labels::putIfAbsent);
        List<Object> taints = new ArrayList<>(Tree.list(node, "spec", "taints"));
        lateTaints().forEach(t -> taints.add(tree(t)));
        Map<String, Object> labelled = Trees.with(node, labels, "metadata", "labels");
        return lateTaints().isEmpty() ? labelled : Trees.with(labelled, taints, "spec", "taints");
    }

    private Map<String, Object> status(Optional<Node> sibling, Instant now) {
        NodeResources resources = NodeResources.of(instance.type(), maxPods, snapshot.nodes());
        Map<String, Object> amounts = Trees.of(
                "cpu",
                resources.cpuMillis() + "m",
                "memory",
                resources.memoryMiB() + "Mi",
                "pods",
                String.valueOf(maxPods));
        return Trees.of(
                "addresses",
                List.of(
                        Trees.of("type", "InternalIP", "address", instance.privateAddress()),
                        Trees.of("type", "Hostname", "address", name())),
                "allocatable",
                amounts,
                "capacity",
                amounts,
                "conditions",
                List.of(Trees.of(
                        "type",
                        "Ready",
                        "status",
                        "False",
                        "reason",
                        "KubeletNotReady",
                        "message",
                        UNINITIALIZED,
                        "lastTransitionTime",
                        now.toString())),
                "nodeInfo",
                Trees.of(
                        "architecture",
                        sibling.map(Node::architecture).orElse("amd64"),
                        "kernelVersion",
                        sibling.map(Node::kernel).orElse("6.12.0"),
                        "osImage",
                        sibling.map(Node::osImage).orElse("Amazon Linux 2023"),
                        "operatingSystem",
                        "linux"));
    }
}
