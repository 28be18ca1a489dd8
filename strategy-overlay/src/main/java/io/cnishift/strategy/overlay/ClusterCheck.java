package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.Fleet;
import io.cnishift.cilium.Presence;
import java.util.ArrayList;
import java.util.List;

/** Whether the cluster as a whole can take another CNI, and may. */
final class ClusterCheck {

    private ClusterCheck() {}

    static List<Finding> check(Request request) {
        List<Finding> findings = new ArrayList<>();
        cluster(request.view().cluster(), findings);
        computeTypes(request.view(), findings);
        cilium(request.view(), findings);
        constraints(request, findings);
        return findings;
    }

    private static void cluster(Cluster cluster, List<Finding> findings) {
        String subject = "cluster " + cluster.name();
        if (!cluster.status().equals("ACTIVE")) {
            findings.add(SiteCode.CLUSTER_NOT_ACTIVE.finding(
                    subject, "its status is " + cluster.status(), "wait until EKS has finished what it is doing"));
        }
        if (cluster.autoMode()) {
            findings.add(SiteCode.AUTO_MODE.finding(
                    subject,
                    "EKS Auto Mode is on, which allows no other CNI",
                    "use a new cluster without Auto Mode (strategy new-cluster)"));
        }
        if (cluster.ipFamily() == Cluster.IpFamily.IPV6) {
            findings.add(SiteCode.IPV6.finding(
                    subject,
                    "its pods have IPv6 addresses, of which there are enough",
                    "stay; addresses are not what this cluster lacks"));
        }
        if (cluster.hybridNodes()) {
            findings.add(SiteCode.HYBRID_NODES.finding(
                    subject,
                    "remote node networks are configured",
                    "migrate a cluster without hybrid nodes, or take the networks away if they are unused"));
        }
    }

    private static void computeTypes(View view, List<Finding> findings) {
        List<Node> fargate = Fleet.nodesOf(view, "fargate");
        if (!fargate.isEmpty()) {
            findings.add(SiteCode.FARGATE.finding(
                    "cluster " + view.cluster().name(),
                    Count.of(fargate.size(), "pod runs", "pods run") + " on Fargate",
                    "move their workloads to nodes of a node group first"));
        } else {
            view.cluster()
                    .fargateProfiles()
                    .forEach(profile -> findings.add(SiteCode.FARGATE_PROFILE.finding(
                            "Fargate profile " + profile,
                            "a pod that it selects later gets no connection to the overlay",
                            "delete the profile, or accept it")));
        }
        if (!view.cluster().autoMode() && !Fleet.nodesOf(view, "auto").isEmpty()) {
            findings.add(SiteCode.AUTO_MODE.finding(
                    "cluster " + view.cluster().name(),
                    Count.of(Fleet.nodesOf(view, "auto").size(), "node is", "nodes are") + " of EKS Auto Mode",
                    "move their pods to nodes of a node group, and turn Auto Mode off"));
        }
        view.nodes().stream().filter(n -> !n.linux()).findFirst().ifPresent(first -> {
            long windows = view.nodes().stream().filter(n -> !n.linux()).count();
            findings.add(SiteCode.WINDOWS.finding(
                    "node " + first.name(),
                    Count.of(windows, "node runs", "nodes run") + " Windows, where only the VPC CNI exists",
                    "give Windows workloads a cluster of their own"));
        });
    }

    private static void cilium(View view, List<Finding> findings) {
        Presence.of(view)
                .ifPresent(what -> findings.add(SiteCode.CILIUM_PRESENT.finding(
                        what,
                        "Cilium is in the cluster already",
                        "finish or remove it first; if a migration by cnishift stopped here, resume it")));
    }

    private static void constraints(Request request, List<Finding> findings) {
        if (request.constraints().contains(Constraint.NODE_REPLACEMENT)) {
            findings.add(forbidden(
                    Constraint.NODE_REPLACEMENT,
                    "a node cannot change its CNI while it has pods, so every node is replaced"));
        }
        if (request.constraints().contains(Constraint.UNSUPPORTED_CNI)) {
            findings.add(forbidden(
                    Constraint.UNSUPPORTED_CNI,
                    "AWS supports no CNI but its own on EC2 nodes, and this one is Cilium"));
        }
    }

    static Finding forbidden(Constraint constraint, String why) {
        return SiteCode.FORBIDDEN.finding(
                "constraint " + constraint, why, "allow it, or choose a strategy that stays with the VPC CNI");
    }
}
