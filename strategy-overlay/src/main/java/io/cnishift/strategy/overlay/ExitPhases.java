package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.api.step.RemoveManifest;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RunProbes;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodeConfig;
import java.util.ArrayList;
import java.util.List;

/** The phases after the last node is replaced: leftovers, the VPC CNI, the values that stay, Hubble, old groups. */
final class ExitPhases {

    static final String AGENTS = "DaemonSet/kube-system/" + Migration.AGENT_DAEMON_SET;
    static final String OPERATOR = "Deployment/kube-system/" + Migration.OPERATOR_DEPLOYMENT;
    private static final String RELAY = "Deployment/kube-system/" + Migration.RELAY_DEPLOYMENT;
    private static final String HUBBLE_UI = "Deployment/kube-system/" + Migration.HUBBLE_UI_DEPLOYMENT;
    private static final String RELEASE = "kube-system/" + Migration.RELEASE;

    private static final List<String> PROOF = List.of(
            "CILIUM-SETTLED",
            "CILIUM-IPAM",
            "PODS-MANAGED",
            "DNS-ANSWERS",
            "API-SERVER",
            "LARGE-PACKETS",
            "CONTROL-PLANE-CALLS");

    private static final int PROOF_PASSES = 3;

    private ExitPhases() {}

    static List<Step> systemPods(Draft draft) {
        List<String> workloads = systemWorkloads(draft);
        List<Step> steps = new ArrayList<>();
        if (!workloads.isEmpty()) {
            steps.add(StepDraft.of(
                    "restart-system-pods",
                    new RestartWorkloads(workloads, true),
                    "a system pod that was wired by the VPC CNI, or holds endpoints from before, answers for the old side",
                    workloads.stream().map(w -> touch(Part.WORKLOADS, w)).toList(),
                    "they are restarted once more, and the mark of this restart is taken off"));
        }
        steps.addAll(proof(draft));
        return steps;
    }

    /** Asked of every node of the new side before the old one is out of reach. */
    static List<Step> proof(Draft draft) {
        List<String> probes = new ArrayList<>(PROOF);
        if (draft.hybridEnd() && !draft.site().apart()) {
            probes.add("CROSS-CNI");
        }
        return List.of(StepDraft.of(
                "prove-new-side",
                new RunProbes(probes, PROOF_PASSES),
                "what does not work on the new side is repaired while the old one is one drain away",
                List.of(),
                "nothing to take back: it only looks"));
    }

    /** CoreDNS first, then the other Deployments of kube-system whose pods have addresses of their own. */
    private static List<String> systemWorkloads(Draft draft) {
        List<String> moved = draft.moves().stream().map(m -> m.workload().key()).toList();
        List<String> workloads = new ArrayList<>();
        draft.site().view().workloads().stream()
                .filter(w -> w.namespace().equals("kube-system") && w.kind().equals("Deployment"))
                .filter(w -> !w.hostNetwork() && w.desired() > 0)
                .map(Workload::key)
                .filter(w -> !moved.contains(w) && !draft.movement().remaining().contains(w))
                .filter(w -> !draft.roll().controllers().contains(w))
                .forEach(w -> workloads.add(w.endsWith("/coredns") ? 0 : workloads.size(), w));
        return workloads;
    }

    static List<Step> removeVpcCni(Draft draft) {
        boolean addon = draft.site().view().addon("vpc-cni").isPresent();
        Step step = StepDraft.of(
                StepIds.REMOVE_VPC_CNI,
                new RemoveAddon(
                        "vpc-cni",
                        List.of(FencePhases.AWS_NODE),
                        addon ? List.of() : objects(),
                        Migration.CILIUM_NODE_LABEL),
                "no node needs it any more, and left in place it would come back at the next update",
                List.of(touch(addon ? Part.ADDONS : Part.WORKLOADS, addon ? "vpc-cni" : FencePhases.AWS_NODE)),
                "");
        return List.of(
                step.withoutReturn("going back needs the VPC CNI installed again and every node replaced once more;"
                        + " finishing is then the shorter way"));
    }

    private static List<ObjectRef> objects() {
        return List.of(
                ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node"),
                ObjectRef.of("v1", "ServiceAccount", "kube-system", "aws-node"),
                ObjectRef.of("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "aws-node"),
                ObjectRef.of("rbac.authorization.k8s.io/v1", "ClusterRole", "aws-node"),
                ObjectRef.of("v1", "ConfigMap", "kube-system", "amazon-vpc-cni"));
    }

    static List<Step> steady(ChartDraft chart) {
        List<Step> steps = new ArrayList<>();
        steps.add(upgrade(
                StepIds.STEADY,
                chart,
                chart.document(chart.steady()),
                "what protected pods of the VPC CNI is no longer needed: agents write the CNI configuration everywhere, and"
                        + " policies count from here on"));
        chart.takeover().map(NodeConfig::name).ifPresent(name -> steps.add(removeTakeover(name)));
        steps.add(restart("restart-agents", "agents and operator read their settings only when they start"));
        steps.add(StepDraft.of(
                "prove-steady",
                new RunProbes(PROOF, PROOF_PASSES),
                "the settings in force from now on have to carry all that those of the migration did",
                List.of(),
                "nothing to take back: it only looks"));
        return steps;
    }

    private static Step removeTakeover(String name) {
        return StepDraft.of(
                "remove-takeover",
                new RemoveManifest(Migration.NODE_CONFIG_API_VERSION, Migration.NODE_CONFIG_KIND, "kube-system", name),
                "the settings of new nodes are now everybody's",
                List.of(touch(Part.CILIUM_NODE_CONFIGS, "kube-system/" + name)),
                "the object is made again");
    }

    static List<Step> hubble(Draft draft, ChartDraft chart) {
        OverlayOptions.Hubble hubble = draft.site().options().hubble();
        if (hubble == OverlayOptions.Hubble.OFF) {
            return List.of();
        }
        List<String> ready = new ArrayList<>(List.of(AGENTS, OPERATOR, RELAY));
        if (hubble == OverlayOptions.Hubble.UI) {
            ready.add(HUBBLE_UI);
        }
        return List.of(upgrade(
                "install-hubble",
                FencePhases.release(chart, chart.document(chart.hubble()), ready),
                "flows of the whole cluster are asked for"));
    }

    static Step upgrade(String id, ChartDraft chart, java.util.Map<String, Object> values, String why) {
        return upgrade(id, FencePhases.release(chart, values, List.of(AGENTS, OPERATOR)), why);
    }

    private static Step upgrade(String id, InstallRelease release, String why) {
        return StepDraft.of(
                id, release, why, List.of(touch(Part.RELEASES, RELEASE)), "the release gets its recorded values back");
    }

    static Step restart(String id, String why) {
        return StepDraft.of(
                id,
                new RestartWorkloads(List.of(AGENTS, OPERATOR), false),
                why,
                List.of(touch(Part.WORKLOADS, AGENTS), touch(Part.WORKLOADS, OPERATOR)),
                "they are restarted again with the settings that are then in force");
    }
}
