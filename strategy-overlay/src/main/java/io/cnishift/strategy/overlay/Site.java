package io.cnishift.strategy.overlay;

import io.cnishift.api.Request;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Optional;

/** One cluster and what its user wants of it, with the look-ups that all parts of the strategy share. */
record Site(Request request, OverlayOptions options) {

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

    List<Node> nodes() {
        return Fleet.nodes(view());
    }

    List<NodeGroup> groups() {
        return Fleet.groups(view());
    }

    Optional<VpcCni> vpcCni() {
        return VpcCni.of(view());
    }

    /** Whether the nodes' two sides route to each other while both exist. */
    boolean routed() {
        return options.hybrid() == OverlayOptions.Hybrid.ROUTED;
    }

    /** Whether what the control plane calls stays where it is. */
    boolean leavesControlPlanePods() {
        return options.controlPlanePods() == OverlayOptions.ControlPlanePods.LEAVE_ON_VPC_CNI;
    }

    boolean sameGroup() {
        return options.nodes() == OverlayOptions.Nodes.SAME_GROUP;
    }

    /** The workload of a pod, when both are known. */
    Optional<Workload> workloadOf(Pod pod) {
        return pod.workload().flatMap(view()::workload);
    }

    List<Pod> podsWithAddress(Node node) {
        return Fleet.podsWithAddress(view(), node);
    }
}
