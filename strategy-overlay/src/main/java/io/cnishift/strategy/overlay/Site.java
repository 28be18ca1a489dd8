package io.cnishift.strategy.overlay;

import io.cnishift.api.Request;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One cluster and what its user wants of it, with the look-ups that all parts of the strategy share. */
record Site(Request request, OverlayOptions options) {

    private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";

    static Site of(Request request) {
        return new Site(request, request.options(OverlayOptions.class));
    }

    View view() {
        return request.view();
    }

    ClusterSnapshot snapshot() {
        return request.snapshot();
    }

    Values values() {
        return Values.of(request.values());
    }

    /** Linux nodes on EC2 that the VPC CNI serves: what the migration replaces. */
    List<Node> nodes() {
        return view().nodes().stream()
                .filter(Node::linux)
                .filter(n -> !n.labels().containsKey(COMPUTE_TYPE))
                .filter(n -> !n.labels().containsKey(Migration.CILIUM_NODE_LABEL))
                .toList();
    }

    /** Nodes of a compute type that brings its own networking: {@code fargate}, {@code auto}, {@code hybrid}. */
    List<Node> nodesOf(String computeType) {
        return view().nodes().stream()
                .filter(n -> computeType.equals(n.labels().get(COMPUTE_TYPE)))
                .toList();
    }

    /** The groups that the plan replaces, in order of name. */
    List<NodeGroup> groups() {
        return view().nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER)
                .filter(g -> !g.amiType().toUpperCase(Locale.ROOT).startsWith("WINDOWS"))
                .filter(g -> !g.labels().containsKey(Migration.CILIUM_NODE_LABEL))
                .toList();
    }

    Optional<VpcCni> vpcCni() {
        return VpcCni.of(view());
    }

    /** Whether the nodes' two sides route to each other while both exist. */
    boolean routed() {
        return options.hybrid() == OverlayOptions.Hybrid.ROUTED;
    }

    boolean sameGroup() {
        return options.nodes() == OverlayOptions.Nodes.SAME_GROUP;
    }

    /** The workload of a pod, when both are known. */
    Optional<Workload> workloadOf(Pod pod) {
        return pod.workload().flatMap(view()::workload);
    }

    /** Pods of a node that have an address of their own and still need it. */
    List<Pod> podsWithAddress(Node node) {
        return view().podsOn(node.name()).stream()
                .filter(p -> !p.hostNetwork() && !p.finished())
                .toList();
    }

    static Optional<InstanceLimits> limits(String instanceType) {
        return InstanceTable.embedded().find(instanceType);
    }
}
