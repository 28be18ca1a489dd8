package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What the strategy with network interfaces may report besides what it shares with the overlay. */
enum EniCode implements Code {
    MASQUERADE(
            INFO,
            "An internet gateway takes packets from public addresses only, which nodes have and pods have not. Since 1.18 Cilium"
                    + " leaves source addresses alone in ENI mode, so the plan switches masquerading on for such nodes.",
            Docs.CILIUM_MASQUERADE),
    MAX_PODS(
            INFO,
            "A node admits as many pods as the interfaces of its type carry, less the two addresses that Cilium's agent takes for"
                    + " itself, and two on the host's network; not more than AWS advises, nor than its memory bears.",
            Docs.MAX_PODS),
    MORE_PODS_THAN_PLACES(
            BLOCKER,
            "A node that admits more pods than its interfaces carry is sent pods that get no address and never start.",
            Docs.MAX_PODS),
    NO_ADDRESSES(
            BLOCKER,
            "Cilium keeps eight addresses ready on each node and two for itself, besides those of its pods and one for each"
                    + " interface. The subnet has fewer than its nodes would hold.",
            Docs.CILIUM_ENI),
    NO_PLACES(
            BLOCKER,
            "All new nodes together admit fewer pods than the old ones have: Cilium keeps two addresses of each node for itself.",
            Docs.CILIUM_ENI),
    NO_PREFIXES(
            BLOCKER,
            "Blocks of 16 addresses must be free and aligned in the subnet, and there are fewer than the nodes would hold.",
            Docs.CILIUM_ENI),
    OPERATOR_RIGHTS(
            CONSENT,
            "Cilium's operator calls EC2 to make interfaces and assign addresses, and exits without the right to. Which rights a"
                    + " role has is not read, so somebody has to see to it.",
            Docs.CILIUM_ENI),
    OPERATOR_ROLE(
            INFO,
            "Cilium's operator calls EC2 with a role of its own, which was named for it. Which rights it has is not read.",
            Docs.CILIUM_ENI),
    OPERATOR_ROLE_UNKNOWN(
            BLOCKER,
            "Cilium's operator calls EC2 to make interfaces and assign addresses. The role of the VPC CNI is bound to aws-node"
                    + " by Pod Identity, and the nodes' role need not have these rights.",
            Docs.CILIUM_ENI),
    POD_SUBNETS_LEFT(
            CONSENT,
            "With custom networking pods have subnets and security groups by ENIConfig. Cilium takes the subnet and the security"
                    + " groups of the node.",
            Docs.CILIUM_ENI),
    SOURCE_ADDRESS(
            INFO,
            "The VPC CNI rewrites what leaves the VPC to the address of the node unless told otherwise. Cilium in ENI mode leaves"
                    + " it as it is, and a NAT gateway rewrites it on the way to the internet.",
            Docs.CILIUM_MASQUERADE),
    TARGETS_END(
            CONSENT,
            "A load balancer goes on sending to the address of a pod that ends until it has been told, some seconds later. A pod"
                    + " that does not wait so long before it ends loses these requests, whenever it is moved. No order of moving"
                    + " avoids that: the controller takes an address out of rotation only once its pod is ending.",
            Docs.LBC_READINESS),
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
