package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The nodes and node groups that a change of the CNI is about. */
final class Fleet {

    private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";

    private Fleet() {}

    /** Linux nodes on EC2 that the VPC CNI serves: what the migration replaces. */
    static List<Node> nodes(View view) {
        return view.nodes().stream()
                .filter(Node::linux)
                .filter(n -> !n.labels().containsKey(COMPUTE_TYPE))
                .filter(n -> !n.labels().containsKey(Migration.CILIUM_NODE_LABEL))
                .toList();
    }

    /** Nodes of a compute type that brings its own networking: {@code fargate}, {@code auto}, {@code hybrid}. */
    static List<Node> nodesOf(View view, String computeType) {
        return view.nodes().stream()
                .filter(n -> computeType.equals(n.labels().get(COMPUTE_TYPE)))
                .toList();
    }

    /** The groups that a plan replaces, in order of name. */
    static List<NodeGroup> groups(View view) {
        return view.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER
                        || TwinPool.of(view, g).isPresent())
                .filter(g -> !g.amiType().toUpperCase(Locale.ROOT).startsWith("WINDOWS"))
                .filter(g -> !g.labels().containsKey(Migration.CILIUM_NODE_LABEL))
                .toList();
    }

    /** Pods of a node that have an address of their own and still need it. */
    static List<Pod> podsWithAddress(View view, Node node) {
        return view.podsOn(node.name()).stream()
                .filter(p -> !p.hostNetwork() && !p.finished())
                .toList();
    }

    static Optional<InstanceLimits> limits(String instanceType) {
        return InstanceTable.embedded().find(instanceType);
    }
}
