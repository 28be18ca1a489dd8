package io.cnishift.engine.inspect;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/** The findings that concern a cluster whatever strategy is chosen, with their explanations. */
public enum InspectCode {
    SUBNET_FULL(
            Severity.WARNING,
            "A subnet with nodes has no free address. The VPC CNI can give no pod there an address beyond those that its"
                    + " nodes already hold, and no new node can start in it."),
    SUBNET_NEARLY_FULL(
            Severity.WARNING,
            "Less than a tenth of the addresses of a subnet with nodes are free. One new node takes an address for itself"
                    + " and, with the VPC CNI's defaults, a whole interface of addresses for pods to come."),
    POD_SLOTS_FULL(
            Severity.WARNING,
            "A node runs as many pods as its kubelet admits. Pods that only fit there stay Pending, whatever addresses"
                    + " the subnet has."),
    POD_SLOTS_NEARLY_FULL(
            Severity.INFO,
            "The cluster as a whole uses more than nine tenths of the pods that its kubelets admit, so it needs new nodes"
                    + " soon, or more pods on each node."),
    WARM_ADDRESSES(
            Severity.INFO,
            "Nodes hold more than a quarter of a subnet's addresses without using them: the VPC CNI's warm pool. They can"
                    + " be freed by its WARM settings."),
    PART_UNKNOWN(
            Severity.WARNING,
            "A part of the cluster could not be read. Nothing is guessed: strategies treat it as unknown and say so. The"
                    + " message names the reason, the remedy the permission or option that helps."),
    NODE_NOT_READY(Severity.WARNING, "A node is not Ready. A migration would wait for it, or defer it."),
    ADDON_UNHEALTHY(
            Severity.WARNING, "An EKS add-on is not ACTIVE or reports issues. Cure it before a migration changes it."),
    GROUP_ISSUES(
            Severity.WARNING, "EKS reports health issues for a node group, which would keep it from being rolled."),
    FAIL_CLOSED_CALL(
            Severity.INFO,
            "The control plane calls a webhook inside the cluster and refuses writes when it cannot reach it. With pods"
                    + " outside the VPC's addresses it can reach only those on the host network."),
    AUTO_MODE(
            Severity.WARNING, "EKS Auto Mode manages nodes and their networking itself; its nodes take no other CNI."),
    FARGATE(Severity.INFO, "Fargate pods keep the VPC CNI, which AWS runs for them; no strategy moves them.");

    private final Severity severity;
    private final String explanation;

    InspectCode(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    /** The stable code. */
    public String code() {
        return "INS-" + name().replace('_', '-');
    }

    Finding finding(String subject, String message, String remedy) {
        return Finding.of(code(), severity, subject, message, remedy, "docs/codes.md");
    }

    /** Every code with its explanation. */
    public static Map<String, String> explanations() {
        Map<String, String> all = new LinkedHashMap<>();
        for (InspectCode code : values()) {
            all.put(code.code(), code.explanation);
        }
        return all;
    }
}
