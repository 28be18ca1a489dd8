package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * A production cluster of any size, the same for the same number of nodes. Of 300 nodes it is:
 *
 * <ul>
 *   <li>EKS 1.33 in three zones, about 9,000 pods, 30 per node; max-pods by the formula for secondary addresses. aws-node
 *       1.20.4 has WARM_IP_TARGET 3, MINIMUM_IP_TARGET 20 and ENABLE_POD_ENI.
 *   <li>One /20 of nodes in each zone, three quarters full, with next to no free /28 block.
 *   <li>Groups: {@code general} (120 m6i.2xlarge), {@code compute} (60 c6i.2xlarge, self-managed), {@code spot} (30),
 *       {@code secured} (18 m5.xlarge), {@code data-a} to {@code data-c} (6 r6i.xlarge each, for EBS volumes), {@code system}
 *       (12), {@code gpu} (6 g5.xlarge, as many as the capacity reservation has), and the Karpenter NodePools {@code default}
 *       (24) and {@code batch} (12, spot). Together they may grow to 340, which is the limit of the cluster.
 *   <li>On {@code secured} eight pods a node of namespace {@code ledger} with security groups of their own, on branch
 *       interfaces.
 *   <li>Databases on EBS; {@code databases/coordinator} is a quorum of three with a budget of one.
 *   <li>Job {@code batch/reindex-2026-11} has run for 6 of 20 hours; {@code trading/order-session} asks not to be disrupted.
 *   <li>Kyverno is called fail-closed for pods and workloads outside of its own namespace and kube-system, and forbids them the
 *       host's network and ports; agents that need these are excepted, and so is {@code cert-manager/cert-manager-webhook}, as
 *       an operator does before a migration that moves it there; namespace {@code payments} is under Pod Security restricted;
 *       network policies in three namespaces; NodeLocal DNSCache on every node.
 *   <li>Argo CD, Helm and Terraform own most of it. ALBs and NLBs with ip and with instance targets.
 * </ul>
 */
public final class ProductionCluster {

    /** The fewest nodes of such a cluster. */
    public static final int LEAST = Shape.LEAST;

    /** The most nodes of such a cluster. */
    public static final int MOST = Shape.MOST;

    private ProductionCluster() {}

    /**
     * The cluster with so many nodes.
     *
     * @throws IllegalArgumentException when there are fewer than {@link #LEAST} or more than {@link #MOST}
     */
    public static ClusterSnapshot of(int nodes) {
        Shape shape = new Shape(nodes);
        Ids ids = new Ids(nodes);
        AddressPlan addresses = new AddressPlan(shape, ids);
        Fleet fleet = new Fleet(shape, addresses, ids);
        Placement placement = new Placement(shape, fleet.hosts());
        Wiring wiring = new Wiring(addresses, placement.byHost());
        List<Resource> all = new ArrayList<>();
        all.addAll(Site.resources(shape));
        all.addAll(fleet.resources());
        all.addAll(new Running(placement, wiring).resources());
        all.addAll(new Guards(placement).resources());
        all.addAll(new Front(shape, addresses, placement, wiring, fleet.hosts()).resources());
        // last, since load balancers take addresses too
        all.addAll(addresses.resources());
        return ClusterSnapshot.of("sim:" + shape.name(), Site.TAKEN_AT, all, List.of());
    }
}
