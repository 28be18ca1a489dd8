package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.KubeReserved;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;

/** What is to be known about replacing each node group. */
final class GroupFindings {

    private final RollSite site;
    private final List<Finding> findings = new ArrayList<>();

    private GroupFindings(RollSite site) {
        this.site = site;
    }

    static List<Finding> of(RollDraft draft) {
        GroupFindings groups = new GroupFindings(draft.site());
        draft.groups().forEach(groups::group);
        draft.controllers()
                .forEach(key -> groups.add(
                        RollCode.AUTOSCALER,
                        key,
                        "it does not run " + draft.site().newNodes().words().meanwhile(),
                        "nothing to do: it runs again at the end"));
        return groups.findings;
    }

    private void add(RollCode code, String subject, String message, String remedy) {
        findings.add(site.finding(code, subject, message, remedy));
    }

    private void group(GroupDraft group) {
        NodeGroup old = group.old();
        String subject = "node group " + group.name();
        if (!old.status().equals("ACTIVE") || !old.issues().isEmpty()) {
            add(
                    RollCode.GROUP_UNHEALTHY,
                    subject,
                    "its status is " + old.status() + (old.issues().isEmpty() ? "" : ", " + old.issues()),
                    "repair it first");
        }
        if (group.sameGroup() && group.nodes().size() + group.surge().maxSurge() > old.maxSize()) {
            add(
                    RollCode.NO_ROOM_IN_GROUP,
                    subject,
                    Count.of(group.nodes().size(), "node") + " and "
                            + Count.of(group.surge().maxSurge(), "extra one") + " exceed its maximum of "
                            + old.maxSize(),
                    "raise the maximum, set surge." + group.name() + "=0, or use nodes=new-group");
        }
        if (old.capacityType().equalsIgnoreCase("spot")) {
            add(
                    RollCode.SPOT,
                    subject,
                    "its instances may be reclaimed at any time",
                    "migrate while capacity is easy to get");
        }
        if (old.owner().inCode()) {
            add(
                    RollCode.IAC_OWNED,
                    subject,
                    old.owner() + " writes it; "
                            + (group.sameGroup()
                                    ? "its template changes"
                                    : group.target() + " will not be in that code"),
                    "bring the code up to date when the migration is complete; the emptied group is kept for it");
        }
        if (group.ofKarpenter()) {
            twin(group);
        } else {
            template(group, subject);
        }
        maxPods(group, subject);
    }

    private void twin(GroupDraft group) {
        add(
                RollCode.NODEPOOL_TWIN,
                "NodePool " + group.name(),
                "it is not edited; " + group.target() + " outweighs it and gets its pods"
                        + (site.sameGroup() ? ", whatever nodes=same-group says of other groups" : ""),
                "delete it when the migration is complete, or keep it below its twin");
    }

    private void template(GroupDraft group, String subject) {
        boolean managed = group.old().kind() == NodeGroup.Kind.MANAGED;
        if (managed && group.sameGroup()) {
            add(
                    RollCode.OPTIONS_CONFLICT,
                    "option nodes=same-group",
                    subject + " is managed by EKS, which replaces the nodes of a group in an order of its own",
                    "use nodes=new-group");
            return;
        }
        if (!group.hasTemplate() && !managed) {
            add(
                    RollCode.OPTIONS_CONFLICT,
                    subject,
                    "it has no launch template, so its nodes cannot be told to "
                            + site.newNodes().words().join(),
                    "give the Auto Scaling group a launch template first");
        } else if (!group.hasTemplate() && group.maxPods() != GroupDrafts.wanted(site, group.old(), group.nodes())) {
            add(
                    RollCode.NO_LAUNCH_TEMPLATE,
                    subject,
                    "it has no launch template of its own, so new nodes keep admitting " + group.maxPods() + " pods",
                    "make a group with a launch template first, or accept it");
        }
        if (group.imageId().isPresent()) {
            findings.add(site.finding(
                            RollCode.TEMPLATE_NEEDS_AMI,
                            subject,
                            "its launch template names no image, so EKS sets max-pods to what network interfaces allow; the"
                                    + " new version names " + group.imageId().get() + ", which its nodes run now",
                            "choose newer images by new template versions from then on")
                    .curedBy(group.templateStep()));
        }
    }

    private void maxPods(GroupDraft group, String subject) {
        if (group.nodes().isEmpty()) {
            add(
                    RollCode.MAX_PODS_UNKNOWN,
                    subject,
                    "it has no node whose memory could be looked at; its new nodes will admit "
                            + Count.of(group.maxPods(), "pod"),
                    "set maxPods, or migrate it when it has nodes");
        } else if (group.settable() && group.shortOfMemory()) {
            add(
                    RollCode.MAX_PODS_MEMORY,
                    subject,
                    group.maxPods() + " pods reserve " + KubeReserved.memoryMiB(group.maxPods()) + " MiB of "
                            + MaxPodsRule.memoryMiB(group.nodes().get(0)) + " MiB on each node",
                    "set a lower maxPods, or use larger instances");
        }
    }
}
