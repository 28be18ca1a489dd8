package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;

/** What agents must not do on nodes where the VPC CNI owns new pods, unless they are chained behind it. */
final class CoexistenceRules {

    private CoexistenceRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        if (settings.chained()) {
            return problems;
        }
        if (!settings.on("cni.customConf") && settings.on("cni.install")) {
            problems.add(ValueProblem.error(
                    ValueRule.BESIDE_CNI_FILE,
                    "cni.customConf",
                    "agents write 05-cilium.conflist, which containerd takes before 10-aws.conflist, so every new pod is"
                            + " Cilium's",
                    "set cni.customConf=true, and let a CiliumNodeConfig take over node by node"));
        }
        if (settings.on("cni.iptablesRemoveAWSRules") && settings.on("cni.install")) {
            problems.add(ValueProblem.error(
                    ValueRule.BESIDE_AWS_RULES,
                    "cni.iptablesRemoveAWSRules",
                    "agents delete the iptables rules of the VPC CNI, and its pods lose the internet",
                    "set cni.iptablesRemoveAWSRules=false until the last node of the VPC CNI is gone"));
        }
        if (settings.on("operator.unmanagedPodWatcher.restart")) {
            problems.add(ValueProblem.error(
                    ValueRule.BESIDE_WATCHER,
                    "operator.unmanagedPodWatcher.restart",
                    "the operator deletes CoreDNS pods that the VPC CNI wired, over and over",
                    "set operator.unmanagedPodWatcher.restart=false until the last node of the VPC CNI is gone"));
        }
        if (!settings.text("policyEnforcementMode").orElse("default").equals("never")) {
            problems.add(ValueProblem.warning(
                    ValueRule.BESIDE_POLICY,
                    "policyEnforcementMode",
                    "pods of the VPC CNI have no identity, and policies drop their traffic",
                    "set policyEnforcementMode=never until the last node of the VPC CNI is gone"));
        }
        return problems;
    }
}
