package io.cnishift.strategy.customnetworking;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.SetVpcCniMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes prefix delegation down: whole blocks kept where there are few, autoscalers held, aws-node in its new mode, then nodes that start in it, group by group. The mode
 * comes before the groups, for EKS reckons by it how many pods their nodes admit.
 */
final class PrefixPhases {

    private static final Gate SERVING =
            new Gate(List.of("VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE", "DNS-ANSWERS"), 2);
    private static final List<String> PROOF = List.of(
            "VPC-CNI-SETTLED", "PREFIXES-HELD", "INTERFACES-ATTACHED", "SERVICES-SERVE", "DNS-ANSWERS", "API-SERVER");
    private static final int PROOF_PASSES = 3;

    private PrefixPhases() {}

    static List<Phase> of(PrefixDraft draft) {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("preflight", List.of(StepDraft.preflight())));
        phases.addAll(draft.blocks().phases());
        phases.add(new Phase("park", List.of(draft.roll().steps().park())));
        phases.add(new Phase("vpc-cni-mode", List.of(mode(draft))));
        phases.add(new Phase("roll", draft.roll().steps().roll()));
        phases.add(new Phase("prove", List.of(prove())));
        phases.add(new Phase("cleanup", draft.roll().steps().cleanup()));
        return phases;
    }

    private static Step mode(PrefixDraft draft) {
        return StepDraft.of(
                        "set-prefix-delegation",
                        new SetVpcCniMode(draft.env()),
                        "interfaces of nodes that start from now on hold blocks of 16 addresses; pods that run keep their addresses",
                        List.of(Part.WORKLOADS + "/DaemonSet/kube-system/aws-node"),
                        "the variables get their recorded values back, before any old node comes back")
                .gated(SERVING);
    }

    private static Step prove() {
        return StepDraft.of(
                "prove-prefixes",
                new RunProbes(PROOF, PROOF_PASSES),
                "the new nodes hold blocks, and no interface of an old one keeps addresses of the subnets",
                List.of(),
                "nothing to take back: it only looks");
    }
}
