package io.cnishift.strategy.chaining;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The finding codes of this module. */
enum Code {
    AUTO_MODE(Severity.BLOCKER, "EKS Auto Mode allows no other CNI."),
    IPV6(Severity.WARNING, "Chaining on IPv6 clusters depends on versions of both sides that were not checked."),
    NO_VPC_CNI(Severity.BLOCKER, "Chaining needs the VPC CNI; the cluster has no aws-node DaemonSet."),
    CNI_TOO_OLD(Severity.BLOCKER, "Chaining needs VPC CNI 1.11.2 or later."),
    KERNEL_TOO_OLD(Severity.BLOCKER, "Cilium needs a Linux kernel of 5.10 or later."),
    POLICY_AGENT(Severity.CONSENT, "The VPC CNI's own network policy agent must be switched off, its policies pause."),
    FARGATE(Severity.WARNING, "Pods on Fargate keep the VPC CNI alone and get no Cilium policy."),
    BARE_PODS(Severity.CONSENT, "A pod without a controller must be made anew by its owner to come under Cilium."),
    NO_RELIEF(Severity.INFO, "Chaining frees no address and adds no pod slot: addresses still come from the VPC."),
    UNKNOWN(
            Severity.BLOCKER,
            "A part of the cluster that the assessment counts on could not be read. cnishift does not guess."),
    NOT_PLANNED(
            Severity.BLOCKER,
            "This version assesses the strategy and cannot plan it; compare shows what it would give.");

    private final Severity severity;
    private final String explanation;

    Code(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    String id() {
        return "CHN-" + name().replace('_', '-');
    }

    Finding of(String subject, String message, String remedy) {
        return Finding.of(id(), severity, subject, message, remedy, "docs/codes.md");
    }

    /** What could not be read of these parts. */
    static List<Finding> unread(Request request, Set<Part> needed) {
        return request.snapshot().unknown().stream()
                .filter(u -> needed.contains(u.part()))
                .map(u -> UNKNOWN.of(u.what(), u.why(), u.remedy()))
                .toList();
    }

    static Map<String, String> explained() {
        return Arrays.stream(values()).collect(Collectors.toMap(Code::id, c -> c.explanation));
    }
}
