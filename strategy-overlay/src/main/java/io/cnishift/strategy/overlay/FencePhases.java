package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.FenceAwsNode;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodeConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The phases that give each node one CNI: aws-node stays where it is, Cilium comes beside it and owns new nodes only. */
final class FencePhases {

    static final String AWS_NODE = "DaemonSet/kube-system/aws-node";
    static final String EXCLUDE_SNAT = "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS";
    static final String EXTERNAL_SERVICES = "AWS_EXTERNAL_SERVICE_CIDRS";
    static final String EXTERNAL_SNAT = "AWS_VPC_K8S_CNI_EXTERNALSNAT";

    private FencePhases() {}

    static List<Step> fence(Draft draft) {
        List<Step> steps = new ArrayList<>();
        steps.add(draft.roll().steps().park());
        steps.add(label(draft));
        if (draft.site().routed()) {
            steps.add(excludeFromSnat(draft));
        }
        steps.add(StepDraft.of(
                StepIds.FENCE,
                new FenceAwsNode(Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE, Migration.CILIUM_NODE_LABEL),
                "aws-node must never start on a new node; it stays on every node that has the label by now",
                List.of(touch(Part.WORKLOADS, AWS_NODE)),
                "the node selector is taken off first, then the labels"));
        if (draft.site().options().kubeProxyReplacement() == OverlayOptions.KubeProxy.NEW_NODES) {
            steps.add(fenceKubeProxy());
        }
        if (draft.site().leavesControlPlanePods()) {
            draft.targets().targets().stream()
                    .map(ControlPlaneTargets.Target::workload)
                    .sorted(Comparator.comparing(Workload::key))
                    .forEach(workload -> steps.add(keep(workload)));
        }
        return steps;
    }

    private static Step label(Draft draft) {
        List<String> groups = draft.groups().stream().map(GroupDraft::name).toList();
        return StepDraft.of(
                "label-old-nodes",
                new LabelNodes(
                        groups, Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE, Migration.CILIUM_NODE_LABEL),
                "the fence keeps aws-node on labelled nodes only; a node without the label loses it",
                groups.stream().map(g -> touch(Part.NODE_GROUPS, g)).toList(),
                "the label is taken off, after the fence is down");
    }

    /** Variables with which old pods reach overlay pods with their own address. */
    static Map<String, String> routing(Draft draft) {
        Map<String, String> now = draft.site().vpcCni().map(VpcCni::env).orElse(Map.of());
        String range = draft.site().options().overlay().orElseThrow().podCidr().toString();
        Map<String, String> env = new TreeMap<>();
        env.put(EXTERNAL_SERVICES, with(now.getOrDefault(EXTERNAL_SERVICES, ""), range));
        if (!now.getOrDefault(EXTERNAL_SNAT, "false").equalsIgnoreCase("true")) {
            env.put(EXCLUDE_SNAT, with(now.getOrDefault(EXCLUDE_SNAT, ""), range));
        }
        return env;
    }

    private static Step excludeFromSnat(Draft draft) {
        return StepDraft.of(
                "route-old-pods-to-overlay",
                new SetVpcCniEnv(routing(draft), Map.of()),
                "pods of the VPC CNI take the table of their interface, which knows no overlay, or hide behind their node;"
                        + " with this they reach overlay pods with their own address",
                List.of(touch(Part.WORKLOADS, AWS_NODE)),
                "the variables get their recorded values back, which rolls aws-node again");
    }

    private static String with(String list, String range) {
        if (list.isBlank()) {
            return range;
        }
        return List.of(list.split("\\s*,\\s*")).contains(range) ? list : list + "," + range;
    }

    /**
     * A workload that an option leaves on the VPC CNI: a pod of it that starts anew must not start on a new node. Pods with
     * security groups of their own need no such step: they ask for a branch interface, which no new node offers.
     */
    private static Step keep(Workload workload) {
        Step step = StepDraft.of(
                StepIds.keep(workload),
                onOldNodes(workload.kind(), workload.namespace(), workload.name()),
                "it needs an address of the VPC, which its pods get on labelled nodes only",
                List.of(touch(Part.WORKLOADS, workload.key())),
                "the node selector is taken off");
        return workload.owner().insists() ? Steps.byOwner(step) : step;
    }

    private static ApplyManifest onOldNodes(String kind, String namespace, String name) {
        Map<String, Object> labels = Trees.of(Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE);
        return new ApplyManifest(Trees.of(
                "apiVersion",
                "apps/v1",
                "kind",
                kind,
                "metadata",
                Trees.of("name", name, "namespace", namespace),
                "spec",
                Trees.nested(labels, "template", "spec", "nodeSelector")));
    }

    private static Step fenceKubeProxy() {
        return StepDraft.of(
                "fence-kube-proxy",
                onOldNodes("DaemonSet", "kube-system", "kube-proxy"),
                "on new nodes Cilium serves Services, and kube-proxy beside it would do so too",
                List.of(touch(Part.WORKLOADS, KubeProxyPhase.KUBE_PROXY)),
                "the node selector is taken off");
    }

    static List<Step> install(Draft draft, ChartDraft chart) {
        List<Step> steps = new ArrayList<>();
        steps.add(StepDraft.of(
                StepIds.INSTALL,
                release(chart, chart.document(chart.secondary()), List.of(ExitPhases.AGENTS, ExitPhases.OPERATOR)),
                draft.site().routed()
                        ? "agents on every node give pods of both sides a way to each other; none writes a CNI configuration"
                        : "the operator and the agents of new nodes; old nodes get none",
                List.of(touch(Part.RELEASES, "kube-system/cilium")),
                "the release is uninstalled; no pod depends on it yet"));
        chart.takeover().ifPresent(config -> steps.add(takeover(config)));
        return steps;
    }

    static InstallRelease release(ChartDraft chart, Map<String, Object> values, List<String> ready) {
        return new InstallRelease(
                Migration.NAMESPACE,
                Migration.RELEASE,
                chart.reference(),
                chart.version().toString(),
                values,
                List.of(),
                ready);
    }

    private static Step takeover(NodeConfig config) {
        return StepDraft.of(
                "take-over-new-nodes",
                new ApplyManifest(config.manifest()),
                "agents on nodes that join with the label own their node from their first start",
                List.of(touch(Part.CILIUM_NODE_CONFIGS, "kube-system/" + config.name())),
                "the object is deleted");
    }
}
