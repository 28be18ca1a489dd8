package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.KubeReserved;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.api.roll.MaxPodsRule;
import java.util.ArrayList;
import java.util.List;

/** What changes for the nodes of each group with Cilium: how many pods they admit, and who reaches the metadata service. */
final class GroupCheck {

    private final List<Finding> findings = new ArrayList<>();

    private GroupCheck() {}

    static List<Finding> check(Draft draft) {
        GroupCheck check = new GroupCheck();
        draft.groups().forEach(g -> {
            String subject = "node group " + g.name();
            check.maxPods(draft.site(), g, subject);
            check.hopLimit(g, subject);
        });
        return check.findings;
    }

    private void maxPods(Site site, GroupDraft group, String subject) {
        if (group.nodes().isEmpty() || !group.settable() || group.shortOfMemory()) {
            return;
        }
        int now = MaxPodsRule.admitted(group.nodes());
        if (!site.overlay()) {
            findings.add(EniCode.MAX_PODS.finding(
                    subject,
                    "new nodes admit " + group.maxPods() + " pods, " + now + " now",
                    "set prefixDelegation=true for more, or a lower maxPods"));
        } else {
            findings.add((group.maxPods() < now ? OverlayCode.MAX_PODS_LOWERED : OverlayCode.MAX_PODS)
                    .finding(
                            subject,
                            "new nodes admit " + group.maxPods() + " pods, " + now + " now; "
                                    + reserved(group, group.nodes().get(0)),
                            "set maxPods for another number"));
        }
    }

    private static String reserved(GroupDraft group, Node node) {
        return KubeReserved.memoryMiB(group.maxPods()) + " of " + MaxPodsRule.memoryMiB(node)
                + " MiB are kept back for them, " + KubeReserved.memoryMiB(Math.max(1, node.maxPods())) + " now";
    }

    private void hopLimit(GroupDraft group, String subject) {
        group.old().launchTemplate().ifPresent(template -> {
            if (group.hopLimit().isPresent()) {
                findings.add(MoveCode.HOP_LIMIT.finding(
                        subject,
                        "the hop limit of the metadata service becomes "
                                + group.hopLimit().getAsInt() + ", " + template.hopLimit() + " now",
                        "set imdsHopLimit for another number"));
            } else if (template.hopLimit() == 1) {
                findings.add(MoveCode.HOP_LIMIT.finding(
                        subject,
                        "pods do not reach the metadata service at a hop limit of 1, today and afterwards",
                        "set imdsHopLimit=3 if some must; better give them Pod Identity or IRSA"));
            }
        });
    }
}
