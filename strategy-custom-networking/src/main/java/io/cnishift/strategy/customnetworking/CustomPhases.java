package io.cnishift.strategy.customnetworking;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.AwaitAddresses;
import io.cnishift.api.step.MakeEniConfig;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.SetVpcCniMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes custom networking down. The block comes long before the mode, for the control plane takes its time to notice it; the
 * ENIConfigs of all zones come before the mode, for a node that finds none is not ready; the mode comes before the groups.
 */
final class CustomPhases {

    private static final String AWS_NODE = Part.WORKLOADS + "/DaemonSet/kube-system/aws-node";
    private static final Gate SERVING = new Gate(
            List.of(
                    "POD-SUBNETS",
                    "VPC-CNI-SETTLED",
                    "DNS-READY",
                    "SERVICES-SERVE",
                    "DNS-ANSWERS",
                    "CONTROL-PLANE-CALLS"),
            2);
    private static final List<String> PROOF = List.of(
            "POD-SUBNETS",
            "VPC-CNI-SETTLED",
            "INTERFACES-ATTACHED",
            "SERVICES-SERVE",
            "DNS-ANSWERS",
            "API-SERVER",
            "CONTROL-PLANE-CALLS");
    private static final int PROOF_PASSES = 3;

    private CustomPhases() {}

    static List<Phase> of(CustomDraft draft) {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("preflight", List.of(StepDraft.preflight())));
        if (draft.old().lowers()) {
            phases.add(new Phase("free-addresses", List.of(lower(draft))));
        }
        phases.addAll(PodNetwork.phases(draft.pods(), draft.options().recognition()));
        if (!draft.pods().toMake().isEmpty()) {
            phases.add(new Phase("eni-configs", eniConfigs(draft)));
        }
        phases.addAll(draft.blocks().phases());
        phases.add(new Phase("park", List.of(draft.roll().steps().park())));
        if (!draft.env().isEmpty()) {
            phases.add(new Phase("vpc-cni-mode", List.of(mode(draft))));
        }
        phases.add(new Phase("roll", draft.roll().steps().roll()));
        phases.add(new Phase("prove", proof(draft)));
        List<Step> cleanup = new ArrayList<>();
        if (draft.old().lowers()) {
            cleanup.add(restore(draft));
        }
        cleanup.addAll(draft.roll().steps().cleanup());
        phases.add(new Phase("cleanup", cleanup));
        return phases;
    }

    private static Step lower(CustomDraft draft) {
        return StepDraft.of(
                "lower-warm-targets",
                new SetVpcCniEnv(WarmIps.LOWERED, draft.old().waitFor()),
                "the subnets have no room for a new node beside what old nodes take when their first interface counts no more",
                List.of(AWS_NODE),
                "the targets get their recorded values back");
    }

    private static Step restore(CustomDraft draft) {
        return StepDraft.of(
                "restore-warm-targets",
                new SetVpcCniEnv(draft.targets(), Map.of()),
                "nodes take spare addresses of the pod subnets, which have enough of them",
                List.of(AWS_NODE),
                "the targets are lowered again");
    }

    private static List<Step> eniConfigs(CustomDraft draft) {
        List<Step> steps = new ArrayList<>();
        draft.pods()
                .toMake()
                .forEach((zone, cidr) -> steps.add(StepDraft.of(
                        "make-eni-config-" + zone,
                        new MakeEniConfig(zone, cidr, draft.options().securityGroups()),
                        "with custom networking a node that finds no ENIConfig of its zone's name is not ready",
                        List.of(Part.ENI_CONFIGS + "/" + zone),
                        "the ENIConfig is deleted")));
        return steps;
    }

    private static Step mode(CustomDraft draft) {
        return StepDraft.of(
                        "set-custom-networking",
                        new SetVpcCniMode(draft.env()),
                        "nodes take addresses for pods from the pod subnets from now on; pods that run keep their addresses",
                        List.of(AWS_NODE),
                        "the variables get their recorded values back, before any old node comes back")
                .gated(SERVING);
    }

    private static List<Step> proof(CustomDraft draft) {
        List<String> proof = new ArrayList<>(PROOF);
        if (draft.prefixes()) {
            proof.add("PREFIXES-HELD");
        }
        List<Step> steps = new ArrayList<>();
        steps.add(StepDraft.of(
                "prove-pod-subnets",
                new RunProbes(proof, PROOF_PASSES),
                "pods have addresses of the pod subnets, and the control plane reaches them there",
                List.of(),
                "nothing to take back: it only looks"));
        Map<String, Integer> relief = Relief.promised(draft.roll());
        if (!relief.isEmpty()) {
            steps.add(StepDraft.of(
                    "prove-relief",
                    new AwaitAddresses(relief),
                    "the node subnets have the addresses back that pods had",
                    List.of(),
                    "nothing to take back: it only looks"));
        }
        return steps;
    }
}
