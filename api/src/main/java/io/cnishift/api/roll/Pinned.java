package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Workloads that only run on nodes with a label that no new node will have: the name of a node, the name of the old group,
 * a label that somebody put on nodes by hand.
 */
final class Pinned {

    private static final String HOST = "kubernetes.io/hostname";
    private static final List<String> OF_GROUPS = List.of(
            "eks.amazonaws.com/nodegroup", "eks.amazonaws.com/nodegroup-image", "alpha.eksctl.io/nodegroup-name");

    /** Labels that every node gets by itself. */
    private static final List<String> WELL_KNOWN = List.of(
            "kubernetes.io/",
            "topology.",
            "node.kubernetes.io/",
            "beta.kubernetes.io/",
            "eks.amazonaws.com/",
            "karpenter.k8s.aws/",
            "karpenter.sh/capacity-type",
            "k8s.io/");

    private Pinned() {}

    static List<Finding> findings(RollDraft draft) {
        List<Finding> findings = new ArrayList<>();
        List<Map<String, String>> fresh =
                draft.groups().stream().map(g -> labels(draft.site(), g)).toList();
        for (Workload workload : draft.site().view().workloads()) {
            wanted(workload).forEach((key, value) -> {
                if (!workload.kind().equals("DaemonSet") && workload.desired() > 0 && !has(draft, fresh, key, value)) {
                    findings.add(draft.site()
                            .finding(
                                    RollCode.PINNED,
                                    workload.key(),
                                    "it may only run on nodes with " + key + "=" + value + ", which no new node has",
                                    OF_GROUPS.contains(key)
                                            ? "use nodes=same-group, or select by another label"
                                            : "give the label to the node group, or take the selector away"));
                }
            });
        }
        return findings;
    }

    private static boolean has(RollDraft draft, List<Map<String, String>> fresh, String key, String value) {
        if (key.equals(HOST)) {
            return false;
        }
        if (OF_GROUPS.contains(key)) {
            return draft.site().sameGroup() && !key.endsWith("-image");
        }
        return WELL_KNOWN.stream().anyMatch(key::startsWith) || fresh.stream().anyMatch(l -> value.equals(l.get(key)));
    }

    /** Labels that new nodes of a group get from the group or from their user data. */
    private static Map<String, String> labels(RollSite site, GroupDraft group) {
        Map<String, String> labels = new HashMap<>();
        group.old()
                .launchTemplate()
                .flatMap(t -> site.view().get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, t.id() + ":" + t.version()))
                .ifPresent(v -> labels.putAll(v.labels()));
        labels.putAll(Joining.labels(group.old(), site.newNodes()));
        return labels;
    }

    /** What the node selector asks for, and required affinity terms that leave no choice. */
    private static Map<String, String> wanted(Workload workload) {
        Map<String, String> wanted = new TreeMap<>(Tree.strings(workload.podSpec(), "nodeSelector"));
        List<Map<String, Object>> terms = Tree.maps(
                workload.podSpec(),
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        if (terms.size() == 1) {
            for (Map<String, Object> expression : Tree.maps(terms.get(0), "matchExpressions")) {
                List<String> values = Tree.texts(expression, "values");
                boolean one = values.size() == 1
                        && Tree.text(expression, "operator")
                                .filter("In"::equals)
                                .isPresent();
                Tree.text(expression, "key").filter(k -> one).ifPresent(k -> wanted.put(k, values.get(0)));
            }
        }
        return wanted;
    }
}
