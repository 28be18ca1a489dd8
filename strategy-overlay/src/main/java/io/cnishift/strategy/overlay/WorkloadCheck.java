package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether pods can move: there is room for them, new nodes suit them, and names are resolved meanwhile. */
final class WorkloadCheck {

    private static final String DNS = "Deployment/kube-system/coredns";
    private static final int NAMED = 5;

    private WorkloadCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>(draft.movement().findings());
        draft.site()
                .view()
                .workload(DNS)
                .filter(w -> w.desired() < 2)
                .ifPresent(w -> findings.add(MoveCode.DNS_SINGLE.finding(
                        DNS, "it has " + Count.of(w.desired(), "replica"), "scale it to 2 or more")));
        if (!draft.movement().byRollout().isEmpty()) {
            findings.add(MoveCode.BY_ROLLOUT.finding(
                    "pods that cannot be evicted",
                    "moved by a rollout instead of evictions: "
                            + some(draft.movement().byRollout()),
                    "nothing to do, or choose with the option singletons"));
        }
        if (draft.hybridEnd()) {
            findings.add(MoveCode.HYBRID_END.finding(
                    "nodes that stay",
                    "they keep their nodes on the VPC CNI: "
                            + some(draft.movement().remaining())
                            + "; groups of such nodes stay parked, since a node that they launch would have no CNI",
                    "plan again when these can move; until then aws-node is not removed"));
        }
        pods(draft, findings);
        findings.addAll(Room.findings(draft));
        findings.addAll(Pinned.findings(draft));
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
        findings.addAll(BusyPods.findings(draft.site()));
        if (draft.site().options().kubeProxyReplacement() == OverlayOptions.KubeProxy.OFF) {
            ports.forEach(name -> findings.add(MoveCode.HOST_PORT.finding(
                    name,
                    "its host ports are not served while kube-proxy stays",
                    "set kubeProxyReplacement=new-nodes, use a NodePort Service, or accept it")));
        }
    }

    static String some(Collection<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        return String.join(", ", first) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
