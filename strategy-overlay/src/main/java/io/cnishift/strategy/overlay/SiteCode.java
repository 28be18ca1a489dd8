package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What a cluster is like before anything is decided: whether it can take another CNI, and what stands beside the one it has. */
enum SiteCode implements Code {
    ADDON_UNHEALTHY(
            BLOCKER,
            "An EKS add-on that the migration changes or relies on is not active. A change of a degraded add-on may be"
                    + " refused half way, so it has to be repaired first.",
            Docs.EKS_ADDONS),
    AUTO_MODE(
            BLOCKER,
            "EKS Auto Mode brings its own networking and allows no other CNI on its nodes.",
            Docs.ALTERNATE_CNI),
    CILIUM_PORT_TAKEN(
            BLOCKER,
            "A pod on the host network listens on a port that Cilium's agent, proxy or operator needs on the same node."
                    + " Whichever starts second does not start.",
            Docs.CILIUM_REQUIREMENTS),
    CILIUM_PRESENT(
            BLOCKER,
            "Cilium is in the cluster already, chained, half removed or as the CNI. Installing it again on top would change"
                    + " settings under running pods.",
            Docs.CILIUM_MIGRATION),
    CLUSTER_NOT_ACTIVE(BLOCKER, "EKS accepts changes of a cluster only while its status is ACTIVE.", Docs.EKS_ADDONS),
    CNI_OWNED(
            CONSENT,
            "aws-node is written by a GitOps tool or an operator, which would take the fence down again. Suspend it for the"
                    + " objects of the VPC CNI until the migration is complete.",
            Docs.CILIUM_MIGRATION),
    CUSTOM_NETWORKING(
            INFO,
            "The VPC CNI gives pods addresses of other subnets (ENIConfig). After the migration nothing uses these subnets"
                    + " any more.",
            Docs.ALTERNATE_CNI),
    FARGATE(
            BLOCKER,
            "Pods run on Fargate, where only the VPC CNI exists. They could not reach pods of the overlay, and the VPC CNI"
                    + " could never be removed.",
            Docs.ALTERNATE_CNI),
    FARGATE_PROFILE(
            CONSENT,
            "A Fargate profile exists, without a pod on it now. A pod that it selects later gets no connection to pods of"
                    + " the overlay.",
            Docs.ALTERNATE_CNI),
    FORBIDDEN(
            BLOCKER,
            "The user forbade something that this strategy cannot do without: replacing nodes, a CNI that AWS does not"
                    + " support, or giving up security groups for pods.",
            Docs.ALTERNATE_CNI),
    HYBRID_NODES(
            BLOCKER,
            "EKS hybrid nodes run a CNI of their own, with addresses outside of the VPC. This version plans for none.",
            Docs.ALTERNATE_CNI),
    IPV6(
            BLOCKER,
            "Pods have IPv6 addresses. A change of the address family is not part of a migration.",
            Docs.ALTERNATE_CNI),
    IP_BLOCK_POLICY(
            CONSENT,
            "A NetworkPolicy names addresses of nodes, pods or Services. Cilium knows these by identity, so such a rule no"
                    + " longer matches them once policies are enforced.",
            Docs.CILIUM_POLICY),
    KUBE_PROXY_IPVS(
            WARNING,
            "kube-proxy runs in IPVS mode. The migration is described and tested with iptables mode.",
            Docs.CILIUM_KPR),
    NETWORK_POLICIES(
            CONSENT,
            "NetworkPolicies are enforced today. While pods of two CNIs talk to each other none is, because pods of the VPC CNI"
                    + " have no identity; enforcement by Cilium begins in one step at the end.",
            Docs.CILIUM_MIGRATION),
    NETWORK_POLICIES_BEGIN(
            CONSENT,
            "There are NetworkPolicies that nobody enforces today. Cilium does so from the end of the migration on, so traffic"
                    + " that they forbid ends there.",
            Docs.CILIUM_POLICY),
    NODE_LOCAL_DNS(
            CONSENT,
            "NodeLocal DNSCache intercepts queries by rules that Cilium bypasses once it replaces kube-proxy. Queries then go to"
                    + " CoreDNS directly, unless a CiliumLocalRedirectPolicy is made.",
            Docs.CILIUM_LOCAL_REDIRECT),
    NODE_SELECTOR_OWNED(
            BLOCKER,
            "EKS owns the node selector of aws-node here, so the fence would be taken down again by the add-on.",
            Docs.EKS_FIELDS),
    NODE_UNSUITABLE(
            BLOCKER, "Cilium needs a Linux kernel of 5.10 or later on amd64 or arm64.", Docs.CILIUM_REQUIREMENTS),
    NO_VPC_CNI(
            BLOCKER, "There is no aws-node DaemonSet, so the cluster is not on the plain VPC CNI.", Docs.ALTERNATE_CNI),
    OTHER_CNI(
            CONSENT,
            "Another plug-in writes into the CNI directory of nodes. Cilium sets such files aside on nodes that it owns, unless"
                    + " the values say cni.exclusive=false.",
            Docs.CILIUM_MIGRATION),
    OTHER_POLICY_ENGINE(
            CONSENT,
            "Another project enforces NetworkPolicies. Cilium's migration was never tested beside it.",
            Docs.CILIUM_MIGRATION),
    POD_IDENTITY_POLICY(
            CONSENT,
            "A policy restricts egress of pods that get their AWS credentials from the Pod Identity agent on their node. Cilium"
                    + " knows that address as the host, which no ipBlock matches (cilium/cilium#34387).",
            Docs.CILIUM_POLICY),
    SECURITY_GROUPS_FOR_PODS(
            BLOCKER,
            "Pods have security groups of their own (branch interfaces). Pods of an overlay are known outside of the cluster by"
                    + " their node's address and security groups only.",
            Docs.EKS_POD_SECURITY_GROUPS),
    SECURITY_GROUPS_LOST(
            CONSENT,
            "Pods give up security groups of their own. What these let them reach has to admit the nodes' security groups"
                    + " instead, which gives the same right to every pod.",
            Docs.EKS_POD_SECURITY_GROUPS),
    UNKNOWN_FACT(
            BLOCKER,
            "A part of the cluster that the plan depends on could not be read. cnishift does not guess.",
            Docs.EKS_NETWORK),
    UNREAD_FACT(
            WARNING,
            "A part of the cluster could not be read. What it would have shown is not judged.",
            Docs.EKS_NETWORK),
    VARIABLE_KEPT(
            BLOCKER,
            "Somebody set a variable on the DaemonSet aws-node itself, and EKS leaves it so when it updates the add-on. The"
                    + " migration needs another value.",
            Docs.EKS_FIELDS),
    VPC_CNI_TOO_OLD(
            BLOCKER,
            "Pods of the VPC CNI can be routed to the overlay from version 1.12.6 on (AWS_EXTERNAL_SERVICE_CIDRS).",
            Docs.VPC_CNI),
    VPC_CNI_UNSETTLED(
            BLOCKER, "aws-node is being rolled out, or does not run on every node that wants it.", Docs.VPC_CNI),
    WINDOWS(BLOCKER, "Windows nodes need the VPC CNI, and Cilium does not run on them.", Docs.ALTERNATE_CNI);

    private final Severity severity;
    private final String explanation;
    private final String reference;

    SiteCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    @Override
    public Meaning meaning() {
        return new Meaning(OverlayStrategy.ID, PREFIX, severity, explanation, reference);
    }
}
