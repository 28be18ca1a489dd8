package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What the strategy with network interfaces may report besides what it shares with the overlay. */
enum EniCode implements Code {
    NO_ADDRESSES(
            BLOCKER,
            "Cilium keeps eight addresses ready on each node and two for itself, besides those of its pods and one for each"
                    + " interface. The subnet has fewer than its nodes would hold.",
            Docs.CILIUM_ENI),
    NO_PREFIXES(
            BLOCKER,
            "Blocks of 16 addresses must be free and aligned in the subnet, and there are fewer than the nodes would hold.",
            Docs.CILIUM_ENI),
    NOT_PLANNED(
            BLOCKER,
            "This version of cnishift assesses Cilium in ENI mode, so that it can be compared, and does not plan it.",
            Docs.CILIUM_ENI),
    OPERATOR_RIGHTS(
            INFO,
            "The operator calls EC2 to make interfaces and assign addresses. It needs a role with these rights, by IRSA, Pod"
                    + " Identity or the role of its node.",
            Docs.CILIUM_ENI),
    SECURITY_GROUPS_LOST(
            CONSENT,
            "Pods give up security groups of their own: Cilium in ENI mode has no branch interfaces.",
            Docs.CILIUM_ENI),
    TYPE_UNKNOWN(
            WARNING,
            "The limits of an instance type are not in the embedded table, so its nodes are counted as they are.",
            Docs.MAX_PODS);

    private final Severity severity;
    private final String explanation;
    private final String reference;

    EniCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    @Override
    public Meaning meaning() {
        return new Meaning(EniStrategy.ID, "ENI", severity, explanation, reference);
    }
}
