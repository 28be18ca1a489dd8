package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.RemoveManifest;
import java.util.ArrayList;
import java.util.List;

/** The phase that replaces nodes, and what Cilium's nodes want before. */
final class RollPhase {

    private RollPhase() {}

    static List<Step> roll(Draft draft) {
        List<Step> steps = new ArrayList<>();
        if (draft.site().options().securityGroupsForPods() == OverlayOptions.PodSecurityGroups.DROP) {
            PodGroups.policies(draft.site().view()).forEach(p -> steps.add(drop(p)));
        }
        steps.addAll(draft.roll().steps().roll());
        return steps;
    }

    /** The first new nodes of groups that need them before anything is drained. */
    static List<Step> firstNodes(Draft draft) {
        return draft.roll()
                .steps()
                .firstNodes(
                        "what the control plane calls moves to these nodes and to the host network at once, so its pods restart once");
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
}
