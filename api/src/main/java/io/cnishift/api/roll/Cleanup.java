package io.cnishift.api.roll;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.RemoveManifest;
import io.cnishift.api.step.RemoveNodeGroup;
import io.cnishift.api.step.RestoreAutoscaling;
import java.util.ArrayList;
import java.util.List;

/** What is left when the last node is replaced: old groups, twins that are held, autoscalers. */
final class Cleanup {

    private final RollDraft draft;

    Cleanup(RollDraft draft) {
        this.draft = draft;
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        boolean delete = draft.site().options().oldGroups() == RollOptions.OldGroups.DELETE && !draft.partial();
        draft.groups().stream()
                .filter(g -> delete && !g.sameGroup() && !g.old().owner().inCode())
                .forEach(g -> steps.add(g.ofKarpenter() ? removePool(g) : removeGroup(g)));
        draft.groups()
                .forEach(g -> TwinPool.of(draft.site().view(), g.old()).ifPresent(twin -> steps.add(release(g, twin))));
        steps.add(restore());
        return steps;
    }

    private Step removeGroup(GroupDraft group) {
        return StepDraft.of(
                        "remove-" + group.name(),
                        new RemoveNodeGroup(group.name()),
                        draft.site().newNodes().words().emptied(),
                        List.of(Part.NODE_GROUPS + "/" + group.name()),
                        "its owner makes it again")
                .withoutReturn("a deleted group is its owner's to make again, with role, tags and template;"
                        + " oldGroups=keep leaves it empty instead");
    }

    private static Step removePool(GroupDraft group) {
        return StepDraft.of(
                "remove-" + group.name(),
                new RemoveManifest(TwinPool.POOL_API, "NodePool", "", group.name()),
                "its twin has taken over, and an empty pool below it only serves to be confused with it",
                List.of(Part.NODE_POOLS + "/" + group.name()),
                "the object is made again");
    }

    private Step release(GroupDraft group, TwinPool twin) {
        return StepDraft.of(
                group.releaseStep(),
                new ApplyManifest(twin.released(group, draft.site().newNodes())),
                "Karpenter may disrupt nodes again as the old pool let it",
                List.of(Part.NODE_POOLS + "/" + group.target()),
                "its nodes are held again");
    }

    private Step restore() {
        List<String> replaced = draft.groups().stream()
                .filter(g -> !g.sameGroup() && !g.ofKarpenter())
                .map(GroupDraft::name)
                .toList();
        return StepDraft.of(
                "restore-autoscaling",
                new RestoreAutoscaling(RollSteps.PARK, replaced),
                draft.site().newNodes().words().restored(),
                draft.controllers().stream().map(c -> Part.WORKLOADS + "/" + c).toList(),
                "it is held again");
    }
}
