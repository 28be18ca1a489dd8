package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.KubeReserved;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;

/** What is to be known about replacing each node group. */
final class GroupCheck {

    private final List<Finding> findings = new ArrayList<>();

    private GroupCheck() {}

    static List<Finding> check(Draft draft) {
        GroupCheck check = new GroupCheck();
        draft.groups().forEach(g -> check.group(draft.site(), g));
        check.findings.addAll(KarpenterCheck.twins(draft));
        FencePhases.controllers(draft.site())
                .forEach(key -> check.findings.add(SiteCode.AUTOSCALER.finding(
                        key, "it does not run while two CNIs coexist", "nothing to do: it runs again at the end")));
        return check.findings;
    }

    private void group(Site site, GroupDraft group) {
        NodeGroup old = group.old();
        String subject = "node group " + group.name();
        if (!old.status().equals("ACTIVE") || !old.issues().isEmpty()) {
            findings.add(SiteCode.GROUP_UNHEALTHY.finding(
                    subject,
                    "its status is " + old.status() + (old.issues().isEmpty() ? "" : ", " + old.issues()),
                    "repair it first"));
        }
        if (group.sameGroup() && group.nodes().size() + group.surge().maxSurge() > old.maxSize()) {
            findings.add(MoveCode.NO_ROOM_IN_GROUP.finding(
                    subject,
                    Count.of(group.nodes().size(), "node") + " and "
                            + Count.of(group.surge().maxSurge(), "extra one") + " exceed its maximum of "
                            + old.maxSize(),
                    "raise the maximum, set surge." + group.name() + "=0, or use nodes=new-group"));
        }
        if (old.capacityType().equalsIgnoreCase("spot")) {
            findings.add(SiteCode.SPOT.finding(
                    subject, "its instances may be reclaimed at any time", "migrate while capacity is easy to get"));
        }
        if (Steps.inCode(old.owner())) {
            findings.add(SiteCode.IAC_OWNED.finding(
                    subject,
                    old.owner() + " writes it; "
                            + (group.sameGroup()
                                    ? "its template changes"
                                    : group.target() + " will not be in that code"),
                    "bring the code up to date when the migration is complete; the emptied group is kept for it"));
        }
        if (!group.ofKarpenter()) {
            template(group, subject);
        }
        maxPods(site, group, subject);
        hopLimit(group, subject);
    }

    private void template(GroupDraft group, String subject) {
        boolean managed = group.old().kind() == NodeGroup.Kind.MANAGED;
        if (managed && group.sameGroup()) {
            findings.add(MoveCode.OPTIONS_CONFLICT.finding(
                    "option nodes=same-group",
                    subject + " is managed by EKS, which replaces the nodes of a group in an order of its own",
                    "use nodes=new-group"));
            return;
        }
        if (!group.hasTemplate() && !managed) {
            findings.add(MoveCode.OPTIONS_CONFLICT.finding(
                    subject,
                    "it has no launch template, so its nodes cannot be told to join with Cilium",
                    "give the Auto Scaling group a launch template first"));
        } else if (!group.hasTemplate()) {
            findings.add(MoveCode.NO_LAUNCH_TEMPLATE.finding(
                    subject,
                    "it has no launch template of its own, so new nodes keep admitting " + group.maxPods() + " pods",
                    "make a group with a launch template first, or accept it"));
        }
        if (group.imageId().isPresent()) {
            findings.add(MoveCode.TEMPLATE_NEEDS_AMI
                    .finding(
                            subject,
                            "its launch template names no image, so EKS sets max-pods to what network interfaces allow; the"
                                    + " new version names " + group.imageId().get() + ", which its nodes run now",
                            "choose newer images by new template versions from then on")
                    .curedBy(group.templateStep()));
        }
    }

    private void maxPods(Site site, GroupDraft group, String subject) {
        if (group.nodes().isEmpty()) {
            findings.add(MoveCode.MAX_PODS_UNKNOWN.finding(
                    subject,
                    "it has no node, so its new nodes admit " + group.maxPods() + " pods as before",
                    "set maxPods, or migrate it when it has nodes"));
            return;
        }
        if (!group.hasTemplate() && !group.ofKarpenter()) {
            return;
        }
        int now = MaxPodsRule.admitted(group.nodes());
        Node first = group.nodes().get(0);
        if (group.nodes().stream().anyMatch(n -> MaxPodsRule.tooManyFor(n, group.maxPods()))) {
            findings.add(MoveCode.MAX_PODS_MEMORY.finding(
                    subject,
                    group.maxPods() + " pods reserve " + KubeReserved.memoryMiB(group.maxPods()) + " MiB of "
                            + MaxPodsRule.memoryMiB(first) + " MiB on each node",
                    "set a lower maxPods, or use larger instances"));
        } else if (!site.overlay()) {
            findings.add(EniCode.MAX_PODS.finding(
                    subject,
                    "new nodes admit " + group.maxPods() + " pods, " + now + " now",
                    "set prefixDelegation=true for more, or a lower maxPods"));
        } else {
            findings.add((group.maxPods() < now ? OverlayCode.MAX_PODS_LOWERED : OverlayCode.MAX_PODS)
                    .finding(
                            subject,
                            "new nodes admit " + group.maxPods() + " pods, " + now + " now; " + reserved(group, first),
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
