package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.step.ChangeAddon;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreWorkloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Version and role of the add-on: what of them is to change, in steps.
 *
 * <p>A pod is given its role when it is made, so aws-node is restarted after a change of role, and on the way back once more after
 * it: by a step that stands before the change.
 */
record AddonTuning(Optional<Addon> addon, List<String> versions, Optional<String> role) {

    private static final String NAME = "vpc-cni";
    private static final String AWS_NODE = "DaemonSet/kube-system/aws-node";
    private static final String RESTART = "restart-aws-node";
    private static final String RESTORE = "restore-aws-node";

    AddonTuning {
        versions = List.copyOf(versions);
    }

    static AddonTuning of(View view, VpcCniTuningOptions options) {
        Optional<Addon> addon = view.addon(NAME);
        return new AddonTuning(
                addon,
                options.addonVersions(),
                options.addonRole()
                        .filter(r -> addon.flatMap(Addon::serviceAccountRole)
                                .filter(r::equals)
                                .isEmpty()));
    }

    boolean changes() {
        return !versions.isEmpty() || role.isPresent();
    }

    List<Finding> findings() {
        if (!changes()) {
            return List.of();
        }
        if (addon.isEmpty()) {
            return List.of(Code.NO_ADDON.of(
                    "VPC CNI",
                    "it is no EKS add-on here, whose version and role could be set",
                    "leave addonVersions and addonRole out, or make it an add-on first"));
        }
        List<Finding> findings = new ArrayList<>(leaps(addon.get()));
        role.ifPresent(
                r -> findings.add(
                        Code.ROLE_RIGHTS.of(
                                "role " + r,
                                "its policies and whom it trusts are not read",
                                "see that it has AmazonEKS_CNI_Policy and admits system:serviceaccount:kube-system:aws-node, then accept it")));
        return findings;
    }

    private List<Finding> leaps(Addon now) {
        List<Finding> findings = new ArrayList<>();
        if (versions.isEmpty()) {
            return findings;
        }
        if (!AddonVersion.isOne(now.version())) {
            return List.of(Code.VERSION_LEAP.of(
                    "add-on " + NAME,
                    "its version " + now.version() + " is in no form that could be compared",
                    "leave addonVersions out"));
        }
        AddonVersion from = AddonVersion.parse(now.version());
        for (String text : versions) {
            AddonVersion to = AddonVersion.parse(text);
            if (!from.leadsTo(to)) {
                findings.add(Code.VERSION_LEAP.of(
                        "add-on " + NAME,
                        "from " + from.text() + " to " + to.text() + " is no step up of at most one minor version",
                        "name a version of each minor version between in addonVersions; 'aws eks describe-addon-versions"
                                + " --addon-name vpc-cni' lists them"));
            }
            from = to;
        }
        return findings;
    }

    /** The phase of these changes; empty when there are none. */
    Optional<Phase> phase(Gate gate) {
        List<Step> steps = new ArrayList<>();
        versions.forEach(version -> steps.add(StepDraft.of(
                        "update-vpc-cni-" + version.replaceAll("[^a-z0-9]+", "-"),
                        new ChangeAddon(NAME, Map.of(), Optional.of(version), Optional.empty(), List.of(AWS_NODE)),
                        "a release of the VPC CNI is updated one minor version at a time",
                        List.of(Part.ADDONS + "/" + NAME, Part.WORKLOADS + "/" + AWS_NODE),
                        "the add-on gets the version back that it had")
                .gated(gate)));
        role.ifPresent(r -> {
            steps.add(StepDraft.of(
                    RESTORE,
                    new RestoreWorkloads(List.of(RESTART)),
                    "on the way back aws-node is to start anew once it has its earlier role, not before",
                    List.of(),
                    "aws-node is restarted, by taking the annotation off again"));
            steps.add(StepDraft.of(
                    "set-vpc-cni-role",
                    new ChangeAddon(NAME, Map.of(), Optional.empty(), Optional.of(r), List.of(AWS_NODE)),
                    "with a role of its own the VPC CNI no longer uses that of the nodes, which every pod could reach",
                    List.of(Part.ADDONS + "/" + NAME),
                    "the add-on gets the role back that it had"));
            steps.add(StepDraft.of(
                            RESTART,
                            new RestartWorkloads(List.of(AWS_NODE), false, RESTORE),
                            "a pod is given its role when it is made",
                            List.of(Part.WORKLOADS + "/" + AWS_NODE),
                            "it is restarted once it has its earlier role, by " + RESTORE)
                    .gated(gate));
        });
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Phase("addon", steps));
    }
}
