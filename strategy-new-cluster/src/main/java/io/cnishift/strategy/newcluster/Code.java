package io.cnishift.strategy.newcluster;

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
    FORBIDDEN(Severity.BLOCKER, "The strategy makes a second cluster, and the constraint new-cluster forbids it."),
    UNSUPPORTED_CNI(
            Severity.BLOCKER,
            "The new cluster would run Cilium overlay, and the constraint unsupported-cni allows the VPC CNI only."),
    NO_ROOM(
            Severity.BLOCKER,
            "Both clusters run at once in the same subnets: the new nodes and load balancers need an address each."),
    CONTROL_PLANE_ROOM(
            Severity.BLOCKER,
            "EKS wants 6 free addresses in each control-plane subnet of a new cluster (16 recommended)."),
    VOLUMES(
            Severity.WARNING,
            "An EBS volume is attached to one node at a time, so its workload stops while it changes clusters."),
    IDENTITY(
            Severity.INFO,
            "The new cluster has another OIDC issuer: trust policies of IRSA roles get a second statement."),
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
        return "NEW-" + name().replace('_', '-');
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
