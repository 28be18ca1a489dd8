package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.RemoveManifest;
import io.cnishift.api.step.RollNodes;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The phase that replaces nodes, group by group: a template, a group that joins with Cilium, the roll. */
final class RollPhase {

    static final Taint NOT_READY = new Taint(
            Migration.AGENT_NOT_READY_TAINT,
            Migration.AGENT_NOT_READY_TAINT_VALUE,
            Migration.AGENT_NOT_READY_TAINT_EFFECT);

    /** The canary's questions must be answered well that many times in a row. */
    private static final int PROOF_PASSES = 3;

    /** What must hold on the new side before the next group is touched. */
    private static final Gate AFTER_EACH_GROUP = new Gate(List.of("CILIUM-SETTLED", "CILIUM-IPAM", "DNS-READY"), 2);

    private RollPhase() {}

    static List<Step> roll(Draft draft) {
        List<Step> steps = new ArrayList<>();
        if (draft.site().options().securityGroupsForPods() == OverlayOptions.PodSecurityGroups.DROP) {
            PodGroups.policies(draft.site().view()).forEach(p -> steps.add(drop(p)));
        }
        for (GroupDraft group : draft.groups()) {
            if (group.canary().isEmpty()) {
                steps.addAll(prepare(draft, group));
            }
            steps.add(replace(draft, group));
        }
        return steps;
    }

    /** As long as a policy selects a pod, EKS has it ask for a branch interface, which no new node offers. */
    private static Step drop(SecurityGroupPolicy policy) {
        return StepDraft.of(
                StepIds.drop(policy),
                new RemoveManifest(
                        "vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy", policy.namespace(), policy.name()),
                "a pod that it selects asks for a branch interface when it starts, and would wait for one for ever on new nodes",
                List.of(touch(Part.SECURITY_GROUP_POLICIES, policy.key())),
                "it is made again; pods that started meanwhile get its security groups when they start anew");
    }

    /** The first new nodes of groups that need them before anything is drained. */
    static List<Step> canaries(Draft draft) {
        List<Step> steps = new ArrayList<>();
        for (GroupDraft group : draft.groups()) {
            group.canary().ifPresent(surge -> {
                steps.addAll(prepare(draft, group));
                steps.add(canary(draft, group, surge));
            });
        }
        return steps;
    }

    private static List<Step> prepare(Draft draft, GroupDraft group) {
        List<Step> steps = new ArrayList<>();
        Optional<TwinPool> twin = TwinPool.of(draft.site().view(), group.old());
        if (twin.isPresent()) {
            return List.of(nodeClass(draft, group, twin.get()), pool(group, twin.get()));
        }
        if (group.hasTemplate()) {
            steps.add(template(draft, group));
        }
        if (!group.sameGroup()) {
            steps.add(newGroup(group));
        }
        return steps;
    }

    /** Labels with which new nodes of a group join: those of the old ones and Cilium's. */
    static Map<String, String> labels(NodeGroup old) {
        Map<String, String> labels = new TreeMap<>(old.labels());
        labels.remove(Migration.AWS_NODE_LABEL);
        labels.put(Migration.CILIUM_NODE_LABEL, Migration.CILIUM_NODE_LABEL_VALUE);
        return labels;
    }

    private static List<Taint> taints(NodeGroup old) {
        List<Taint> taints = new ArrayList<>(old.taints());
        taints.add(NOT_READY);
        return taints;
    }

    private static Step template(Draft draft, GroupDraft group) {
        NodeGroup.LaunchTemplate now = group.old().launchTemplate().orElseThrow();
        boolean inUserData = group.sameGroup() || group.old().kind() == NodeGroup.Kind.SELF_MANAGED;
        return StepDraft.of(
                group.templateStep(),
                new MakeTemplateVersion(
                        now.id(),
                        now.version(),
                        group.imageId(),
                        OptionalInt.of(group.maxPods()),
                        group.hopLimit(),
                        inUserData ? labels(group.old()) : Map.of(),
                        inUserData ? taints(group.old()) : List.of()),
                why(draft, group),
                List.of(touch(Part.LAUNCH_TEMPLATES, now.id())),
                "the version is deleted; the one in force was never changed");
    }

    private static String why(Draft draft, GroupDraft group) {
        return draft.site().overlay()
                ? "kubelet's limit does not rise by itself: new nodes are to admit " + group.maxPods() + " pods"
                : "kubelet's limit has to be what Cilium's interfaces carry: new nodes are to admit " + group.maxPods()
                        + " pods";
    }

    private static Step newGroup(GroupDraft group) {
        return StepDraft.of(
                group.groupStep(),
                new MakeNodeGroup(
                        group.target(),
                        group.name(),
                        group.hasTemplate() ? group.templateStep() : "",
                        labels(group.old()),
                        taints(group.old()),
                        group.old().subnets(),
                        group.mostNodes()),
                "nodes that join with the label belong to Cilium from the start; the taint keeps pods off until it is ready",
                List.of(touch(Part.NODE_GROUPS, group.target())),
                "the group is deleted once its nodes are drained back");
    }

    private static Step nodeClass(Draft draft, GroupDraft group, TwinPool twin) {
        return StepDraft.of(
                group.classStep(),
                new ApplyManifest(twin.nodeClass(group)),
                why(draft, group),
                List.of(touch(Part.NODE_CLASSES, group.target())),
                "the object is deleted; the one in force was never changed");
    }

    private static Step pool(GroupDraft group, TwinPool twin) {
        return StepDraft.of(
                group.groupStep(),
                new ApplyManifest(twin.held(group)),
                "Karpenter replaces nodes of a pool whose template changes, so a twin of greater weight takes over; its nodes"
                        + " belong to Cilium from the start",
                List.of(touch(Part.NODE_POOLS, group.target()), touch(Part.NODE_GROUPS, group.target())),
                "the object is deleted once its nodes are drained back");
    }

    private static Step canary(Draft draft, GroupDraft group, SurgeDraft surge) {
        return StepDraft.of(
                group.canaryStep(),
                nodes(draft, group, surge, RollNodes.Extent.CANARY),
                "what the control plane calls moves to these nodes and to the host network at once, so its pods restart once",
                touches(group),
                "the nodes are drained and go; old nodes lose the taint that made others preferred");
    }

    private static Step replace(Draft draft, GroupDraft group) {
        return StepDraft.of(
                        group.rollStep(),
                        nodes(draft, group, group.surge(), RollNodes.Extent.ALL),
                        draft.site().overlay()
                                ? "pods get overlay addresses only on nodes that Cilium owned before them; each node is replaced,"
                                        + " none converted"
                                : "two CNIs must not manage the interfaces of one instance; each node is replaced, none converted",
                        touches(group),
                        "pods are drained back to old nodes, which the old group makes again as far as they are gone")
                .gated(AFTER_EACH_GROUP);
    }

    private static List<String> touches(GroupDraft group) {
        String old = touch(Part.NODE_GROUPS, group.name());
        return group.sameGroup() ? List.of(old) : List.of(old, touch(Part.NODE_GROUPS, group.target()));
    }

    private static RollNodes nodes(Draft draft, GroupDraft group, SurgeDraft surge, RollNodes.Extent extent) {
        Choices options = draft.site().options();
        Movement movement = draft.movement();
        return new RollNodes(
                group.name(),
                group.target(),
                surge.maxSurge(),
                surge.maxUnavailable(),
                surge.bySubnet(),
                options.singletons(),
                options.deleteEmptyDirData(),
                options.evictBarePods(),
                movement.consented(),
                Migration.CILIUM_NODE_LABEL,
                List.of(Migration.AGENT_NOT_READY_TAINT),
                options.overlay().map(OverlayOptions::podCidr),
                group.maxPods(),
                group.sameGroup() && group.hasTemplate() ? group.templateStep() : "",
                Math.toIntExact(options.drainTimeout().toSeconds()),
                movement.remaining(),
                PROOF_PASSES,
                draft.site().apart(),
                movement.left(),
                later(draft, group, extent),
                extent);
    }

    /** The groups whose nodes are replaced after those of this one, whose canaries come before all other nodes. */
    private static List<String> later(Draft draft, GroupDraft group, RollNodes.Extent extent) {
        List<String> names = draft.groups().stream().map(GroupDraft::name).toList();
        return extent == RollNodes.Extent.CANARY
                ? names.stream().filter(n -> !n.equals(group.name())).toList()
                : names.subList(names.indexOf(group.name()) + 1, names.size());
    }
}
