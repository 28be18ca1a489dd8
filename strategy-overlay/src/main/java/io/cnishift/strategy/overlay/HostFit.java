package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Share;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.ServiceFloor;
import java.util.List;
import java.util.Map;

/**
 * Whether the rollout of a workload with host ports fits its hosts. A host carries one such pod, so as many as the replicas
 * and the surge together must be there, or the rollout waits for ever.
 *
 * @param strategy patch of the update strategy; empty when it fits as it is
 * @param problems what stands against it, or has to be accepted
 */
record HostFit(Map<String, Object> strategy, List<Finding> problems) {

    private static final HostFit AS_IT_IS = new HostFit(Map.of(), List.of());

    /** Fits a workload into the hosts there are, and into new ones if it waits for them. */
    static HostFit of(Site site, Workload workload, Canaries canaries) {
        int more =
                canaries.takes(workload) ? canaries.hosts(site, Tree.strings(workload.podSpec(), "nodeSelector")) : 0;
        if (workload.kind().equals("DaemonSet")) {
            return AS_IT_IS;
        }
        int hosts = hosts(site, workload);
        int replicas = workload.desired();
        if (replicas > hosts) {
            return refused(OverlayCode.HOSTS_TOO_FEW.finding(
                    workload.key(),
                    Count.of(replicas, "replica needs", "replicas need") + " a host each, and "
                            + Count.of(hosts, "node") + " may run them",
                    "scale it to " + Count.of(hosts, "replica")
                            + ", add nodes, or set controlPlanePods=leave-on-vpc-cni"));
        }
        if (workload.kind().equals("StatefulSet") || workload.updateStrategy().equals("Recreate")) {
            return replicas == 0 ? AS_IT_IS : accepted(workload, "its pods are replaced without overlap");
        }
        int surge = Share.up(workload.maxSurge().orElse("25%"), replicas).orElse(0);
        if (replicas + surge <= hosts + more) {
            return AS_IT_IS;
        }
        return replicas == 1
                ? accepted(workload, "its only pod has no second host to move to")
                : oneByOne(site, workload);
    }

    /** A pod goes before its successor comes, so its Service lacks one, which the Service may not be able to spare. */
    private static HostFit oneByOne(Site site, Workload workload) {
        boolean needed = new ServiceFloor(site.view()).needed(site.view().podsOf(workload.key()));
        return new HostFit(
                Trees.of("rollingUpdate", Trees.of("maxSurge", 0, "maxUnavailable", 1)),
                needed
                        ? List.of(OverlayCode.HOST_NETWORK_GAP.finding(
                                workload.key(),
                                "each of its " + workload.desired()
                                        + " pods has to go before the next one has a host, and its"
                                        + " Service must not lack one",
                                "accept it, add a node, or give it a maxUnavailable that allows it"))
                        : List.of());
    }

    /** Nodes that take new pods and have what the template asks for. */
    private static int hosts(Site site, Workload workload) {
        Map<String, String> selector = Tree.strings(workload.podSpec(), "nodeSelector");
        return (int) site.nodes().stream()
                .filter(Node::ready)
                .filter(n -> !n.unschedulable())
                .filter(n -> n.labels().entrySet().containsAll(selector.entrySet()))
                .count();
    }

    private static HostFit refused(Finding finding) {
        return new HostFit(Map.of(), List.of(finding));
    }

    private static HostFit accepted(Workload workload, String why) {
        return refused(OverlayCode.HOST_NETWORK_GAP.finding(
                workload.key(),
                why + "; calls of the control plane fail until the new pod is ready",
                "accept it, or give it a second replica and the strategy RollingUpdate first"));
    }
}
