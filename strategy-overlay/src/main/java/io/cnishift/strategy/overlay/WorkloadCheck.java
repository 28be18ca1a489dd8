package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.roll.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Cilium means for pods: those that stay with the VPC CNI, and those with ports of their hosts. */
final class WorkloadCheck {

    private WorkloadCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        if (draft.hybridEnd()) {
            findings.add(MoveCode.HYBRID_END.finding(
                    "nodes that stay",
                    "they keep their nodes on the VPC CNI: "
                            + Names.some(draft.movement().remaining())
                            + "; groups of such nodes stay parked, since a node that they launch would have no CNI",
                    "plan again when these can move; until then aws-node is not removed"));
        }
        pods(draft, findings);
        return findings;
    }

    private static void pods(Draft draft, List<Finding> findings) {
        Set<String> ports = new TreeSet<>();
        for (Node node : draft.site().nodes()) {
            for (Pod pod : draft.site().view().podsOn(node.name())) {
                String name = pod.workload().orElse("Pod/" + pod.key());
                if (!pod.hostNetwork() && !pod.finished() && !pod.hostPorts().isEmpty()) {
                    ports.add(name);
                }
            }
        }
        if (draft.site().options().kubeProxyReplacement() == OverlayOptions.KubeProxy.OFF) {
            ports.forEach(name -> findings.add(MoveCode.HOST_PORT.finding(
                    name,
                    "its host ports are not served while kube-proxy stays",
                    "set kubeProxyReplacement=new-nodes, use a NodePort Service, or accept it")));
        }
    }
}
