package io.cnishift.strategy.overlay;

import io.cnishift.api.Request;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.RollOptions;
import io.cnishift.api.roll.RollSite;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Optional;

/** One cluster and what its user wants of it, with the look-ups that all parts of the strategy share. */
record Site(Request request, Choices options) {

    /** Of a wish for the overlay. */
    static Site of(Request request) {
        return new Site(request, request.options(OverlayOptions.class));
    }

    /** Of a wish for addresses from network interfaces. */
    static Site ofInterfaces(Request request) {
        return new Site(request, request.options(EniOptions.class));
    }

    /** Whether pods leave the VPC's addresses. */
    boolean overlay() {
        return options.overlay().isPresent();
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

    /** What is to be replaced, and by what. */
    RollSite roll() {
        return new RollSite(request, options, new CiliumNodes(this));
    }

    List<Node> nodes() {
        return roll().nodes();
    }

    /** Where nodes get Cilium's images. */
    ImageSource images() {
        List<String> subnets =
                groups().stream().flatMap(g -> g.subnets().stream()).toList();
        return ImageSource.of(view(), subnets, options.imageRegistry(), values());
    }

    List<NodeGroup> groups() {
        return roll().groups();
    }

    Optional<VpcCni> vpcCni() {
        return VpcCni.of(view());
    }

    /** Whether overlay and VPC are made to route to each other while both sides exist. */
    boolean routed() {
        return hybrid(OverlayOptions.Hybrid.ROUTED);
    }

    /** Whether the two sides do not reach each other. */
    boolean apart() {
        return hybrid(OverlayOptions.Hybrid.ISOLATED);
    }

    private boolean hybrid(OverlayOptions.Hybrid which) {
        return options.overlay().filter(o -> o.hybrid() == which).isPresent();
    }

    /** Whether what the control plane calls stays where it is. */
    boolean leavesControlPlanePods() {
        return controlPlanePods(OverlayOptions.ControlPlanePods.LEAVE_ON_VPC_CNI);
    }

    /** Whether what the control plane calls is moved by its owner. */
    boolean ownersMoveControlPlanePods() {
        return controlPlanePods(OverlayOptions.ControlPlanePods.OWNER);
    }

    private boolean controlPlanePods(OverlayOptions.ControlPlanePods which) {
        return options.overlay().filter(o -> o.controlPlanePods() == which).isPresent();
    }

    boolean sameGroup() {
        return options.nodes() == RollOptions.Nodes.SAME_GROUP;
    }

    /** The workload of a pod, when both are known. */
    Optional<Workload> workloadOf(Pod pod) {
        return pod.workload().flatMap(view()::workload);
    }

    List<Pod> podsWithAddress(Node node) {
        return Fleet.podsWithAddress(view(), node);
    }
}
