package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.roll.GroupDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the overlay would give a cluster and cost it, as far as a snapshot tells. */
final class OverlayAssessment {

    private OverlayAssessment() {}

    static Assessment of(Draft draft, List<Finding> findings) {
        return new Assessment(
                findings,
                capacity(draft),
                draft.roll().budgets(),
                draft.roll().disruption(draft.moves().size()),
                draft.roll().cost(),
                features(draft),
                reversible(draft));
    }

    private static Assessment.Capacity capacity(Draft draft) {
        Map<String, Integer> perNode = new TreeMap<>();
        long all = draft.roll().admittedBesides();
        for (GroupDraft group : draft.groups()) {
            group.old().instanceTypes().forEach(type -> perNode.merge(type, group.maxPods(), Math::min));
            for (Node node : group.nodes()) {
                perNode.merge(node.instanceType(), group.maxPods(), Math::min);
                all += draft.roll().remains(node) ? node.maxPods() : group.maxPods();
            }
        }
        perNode.remove("");
        return new Assessment.Capacity(perNode, all);
    }

    private static Assessment.Features features(Draft draft) {
        List<String> gained = new ArrayList<>(List.of(
                "pods limited by node memory instead of network interfaces",
                "one VPC address per node, whatever its pods",
                "CiliumNetworkPolicy: rules by identity, DNS name and HTTP request"));
        List<String> lost = new ArrayList<>(List.of(
                "pod addresses that the VPC routes: ip targets, flow logs per pod, security group rules by pod",
                "support of AWS for the CNI"));
        gained.addAll(chosen(draft));
        if (!PodGroups.pods(draft.site().view()).isEmpty()) {
            lost.add("security groups for pods");
        }
        return new Assessment.Features(gained, lost);
    }

    /** What options add. */
    static List<String> chosen(Draft draft) {
        List<String> gained = new ArrayList<>();
        if (draft.site().options().kubeProxyReplacement() != OverlayOptions.KubeProxy.OFF) {
            gained.add("Services served without kube-proxy");
        }
        if (draft.site().options().hubble() != OverlayOptions.Hubble.OFF) {
            gained.add("flows of the whole cluster in Hubble");
        }
        return gained;
    }

    static Assessment.Reversible reversible(Draft draft) {
        Optional<String> point =
                draft.chart().flatMap(chart -> PlanDraft.pointOfNoReturn(PlanBuilder.phases(draft, chart)));
        return new Assessment.Reversible(
                point,
                point.isPresent()
                        ? "until then pods are drained back to nodes of the old groups, which are kept; afterwards the VPC CNI"
                                + " has to be installed again and every node replaced"
                        : "the VPC CNI stays, so pods can be drained back to nodes of the old groups at any time");
    }
}
