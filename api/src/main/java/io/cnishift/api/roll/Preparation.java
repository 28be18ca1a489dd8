package io.cnishift.api.roll;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The steps that make what new nodes of a group come from: a template version, a group, or the twin of a NodePool. */
final class Preparation {

    private final RollDraft draft;
    private final NewNodes newNodes;

    Preparation(RollDraft draft) {
        this.draft = draft;
        this.newNodes = draft.site().newNodes();
    }

    List<Step> of(GroupDraft group) {
        Optional<TwinPool> twin = TwinPool.of(draft.site().view(), group.old());
        if (twin.isPresent()) {
            return List.of(nodeClass(group, twin.get()), pool(group, twin.get()));
        }
        List<Step> steps = new ArrayList<>();
        if (group.hasTemplate()) {
            steps.add(template(group));
        }
        if (!group.sameGroup()) {
            steps.add(newGroup(group));
        }
        return steps;
    }

    private Step template(GroupDraft group) {
        NodeGroup.LaunchTemplate now = group.old().launchTemplate().orElseThrow();
        // beside an image EKS labels and taints nodes only some time after they have joined, and tells them no cluster
        boolean ownImage = group.imageId().or(now::imageId).isPresent();
        boolean inUserData = ownImage || group.sameGroup() || group.old().kind() == NodeGroup.Kind.SELF_MANAGED;
        return StepDraft.of(
                group.templateStep(),
                new MakeTemplateVersion(
                        now.id(),
                        now.version(),
                        group.imageId(),
                        OptionalInt.of(group.maxPods()),
                        group.hopLimit(),
                        inUserData ? labels(group) : Map.of(),
                        inUserData ? taints(group) : List.of(),
                        group.imageId()
                                .map(image -> draft.site().view().cluster().name())),
                why(group),
                List.of(Part.LAUNCH_TEMPLATES + "/" + now.id()),
                "the version is deleted; the one in force was never changed");
    }

    private String why(GroupDraft group) {
        return newNodes.words().maxPods() + ": new nodes are to admit " + group.maxPods() + " pods";
    }

    private Step newGroup(GroupDraft group) {
        return StepDraft.of(
                group.groupStep(),
                new MakeNodeGroup(
                        group.target(),
                        group.name(),
                        group.hasTemplate() ? group.templateStep() : "",
                        labels(group),
                        taints(group),
                        group.old().subnets(),
                        group.mostNodes()),
                newNodes.words().newGroup(),
                List.of(Part.NODE_GROUPS + "/" + group.target()),
                "the group is deleted once its nodes are drained back");
    }

    private Step nodeClass(GroupDraft group, TwinPool twin) {
        return StepDraft.of(
                group.classStep(),
                new ApplyManifest(twin.nodeClass(group)),
                why(group),
                List.of(Part.NODE_CLASSES + "/" + group.target()),
                "the object is deleted; the one in force was never changed");
    }

    private Step pool(GroupDraft group, TwinPool twin) {
        return StepDraft.of(
                group.groupStep(),
                new ApplyManifest(twin.held(group, newNodes)),
                "Karpenter replaces nodes of a pool whose template changes, so a twin of greater weight takes over; "
                        + newNodes.words().twin(),
                List.of(Part.NODE_POOLS + "/" + group.target(), Part.NODE_GROUPS + "/" + group.target()),
                "the object is deleted once its nodes are drained back");
    }

    private Map<String, String> labels(GroupDraft group) {
        return Joining.labels(group.old(), newNodes);
    }

    private List<Taint> taints(GroupDraft group) {
        return Joining.taints(group.old(), newNodes);
    }
}
