package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.roll.RollCode;
import io.cnishift.api.roll.RollDraft;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The finding codes of this module. */
enum Code {
    VPC_FORBIDDEN(
            Severity.BLOCKER,
            "The strategy associates a CIDR block or changes route tables, and the constraint vpc-changes forbids it."),
    SUBNETS_FORBIDDEN(
            Severity.BLOCKER,
            "The strategy needs subnets that do not exist, and the constraint new-subnets forbids them."),
    NODES_FORBIDDEN(
            Severity.BLOCKER,
            "Only nodes started after the change use it, and the constraint node-replacement forbids replacing nodes."),
    IPV6(Severity.BLOCKER, "The cluster gives pods IPv6 addresses; the VPC CNI refuses this setting there."),
    AUTO_MODE(Severity.BLOCKER, "EKS Auto Mode manages the CNI itself; its settings cannot be changed."),
    NO_VPC_CNI(Severity.BLOCKER, "The cluster has no aws-node DaemonSet, so there is no VPC CNI to set."),
    CNI_TOO_OLD(Severity.BLOCKER, "The VPC CNI is older than the version that has this feature."),
    UNKNOWN_TYPE(
            Severity.WARNING,
            "The network limits of an instance type are unknown, so its nodes are left out of the sums."),
    ONE_INTERFACE(
            Severity.BLOCKER,
            "With custom networking the primary interface carries no pods; a type with a single interface has none left."),
    NOT_NITRO(Severity.BLOCKER, "Prefixes can be delegated to Nitro instances only."),
    NO_PREFIX(
            Severity.BLOCKER,
            "A prefix is an aligned block of 16 free addresses; the subnet has fewer of them than its nodes need."),
    PREFIXES_KEPT(
            Severity.INFO,
            "Most free addresses of a subnet lie in blocks that are broken, so the plan reserves the whole ones for prefixes (subnet"
                    + " CIDR reservations). EC2 counts them as free no more, and takes no single address that is not asked for by name from them, as its"
                    + " documentation has it."),
    BLOCKS_NOT_COUNTED(
            Severity.WARNING,
            "While WARM_IP_TARGET or MINIMUM_IP_TARGET is set the VPC CNI goes by it and leaves WARM_PREFIX_TARGET out."),
    NO_SECONDARY_CIDR(
            Severity.BLOCKER, "No block may be associated: every permitted range overlaps one that is in use."),
    BLOCK_TOO_SMALL(
            Severity.BLOCKER, "The block has no subnet of its own for each zone of nodes: a subnet is a /28 at least."),
    CIDR_QUOTA(
            Severity.CONSENT,
            "The VPC has as many CIDR blocks as the default quota (L-83CA0A9D) allows. The account's own quota is not read; where it"
                    + " is not higher the run stops at its first act."),
    SUBNET_QUOTA(
            Severity.CONSENT,
            "With the new ones the VPC would have more subnets than the default quota (L-407747CB) allows. The account's own quota is"
                    + " not read."),
    FEWER_SLOTS(
            Severity.WARNING,
            "With custom networking the primary interface carries no pods, so fewer pods fit on a node."),
    TOO_MANY_PODS(
            Severity.BLOCKER,
            "kubelet would admit more pods than the network interfaces of a node have addresses for; the rest would wait on it."),
    NO_RELIEF(Severity.INFO, "The strategy frees no addresses on this cluster, or adds no pod slots."),
    SNAT(
            Severity.INFO,
            "With AWS_VPC_K8S_CNI_EXTERNALSNAT=false traffic to other networks leaves with the node's address."),
    NOTHING_TO_SET(Severity.BLOCKER, "aws-node has every setting that the strategy would make."),
    VARIABLE_KEPT(
            Severity.BLOCKER,
            "Somebody set a variable on the DaemonSet aws-node itself, and EKS leaves it so when it updates the add-on."),
    NO_ADDON(Severity.BLOCKER, "The VPC CNI is no EKS add-on; its version and role cannot be set through one."),
    VERSION_LEAP(Severity.BLOCKER, "An add-on is updated by one minor version at a time, and not backwards."),
    ROLE_RIGHTS(
            Severity.CONSENT,
            "The VPC CNI is given another IAM role. What that may do and whom it trusts is not read; with too little no new pod"
                    + " gets an address once a node has used up those it holds."),
    NO_NAT(
            Severity.BLOCKER,
            "Without translation on the node, pods of a subnet that leads to an internet gateway cannot reach the internet."),
    CUSTOM_NETWORKING_ON(
            Severity.BLOCKER, "With custom networking on, the VPC CNI goes by ENIConfigs and discovers no subnets."),
    ENI_CONFIG_NAME(
            Severity.BLOCKER,
            "Nodes of a group name their ENIConfig by a label that comes before their zone, so another one would be used."),
    ENI_CONFIG_ANNOTATED(
            Severity.WARNING,
            "A node has an annotation that names its ENIConfig, and it comes before the label of the zone."),
    ENI_CONFIG_EXISTS(
            Severity.BLOCKER, "There is an ENIConfig of the name of a zone already; the plan would write over it."),
    RESERVED_ENIS(
            Severity.WARNING,
            "With custom networking the primary interface carries no pods. Karpenter counts it all the same for a NodePool whose"
                    + " class says no maxPods, and puts more pods on a node than get addresses, unless RESERVED_ENIS is 1."),
    RULES_BY_RANGE(
            Severity.WARNING,
            "A security group admits the subnets of the nodes by their range; pods with addresses of another block do not pass it."),
    NO_SECURITY_GROUP(
            Severity.BLOCKER,
            "An ENIConfig would name a security group that the VPC does not have, and no interface for pods could be made."),
    PODS_SHUT_OFF(
            Severity.WARNING,
            "The security groups for pods do not admit the nodes or the control plane: probes, webhooks or Services may fail."),
    BALANCER_SHUT_OFF(
            Severity.CONSENT,
            "The security groups for pods do not admit a load balancer that sends to pod addresses: targets on new nodes would never be"
                    + " healthy, and its clients would be without once the old nodes are gone."),
    NETWORK_ACL(
            Severity.INFO,
            "A new subnet has the default network ACL of its VPC, which is another one than that of the nodes, or could not be read."),
    NETWORK_ACL_CLOSED(
            Severity.CONSENT,
            "A network ACL does not let through all that pods of new subnets, nodes and the control plane send each other. It knows no"
                    + " replies, so both directions count. Accept it only where what is shut are single ports that nobody uses."),
    UNKNOWN(
            Severity.BLOCKER,
            "A part of the cluster that the assessment counts on could not be read. cnishift does not guess."),
    NODES_STAY(
            Severity.INFO,
            "Some nodes stay as they are, by an option or a consent: pods on them cannot move. Going on later takes a new plan.");

    /** What every code of this module begins with, those of rolls too. */
    static final String PREFIX = "VCN";

    private final Severity severity;
    private final String explanation;

    Code(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    /** The code as reported: {@code VCN-NO-PREFIX}. */
    String id() {
        return PREFIX + "-" + name().replace('_', '-');
    }

    Finding of(String subject, String message, String remedy) {
        return Finding.of(id(), severity, subject, message, remedy, "docs/codes.md");
    }

    /** A pod has no public address, so without translation on its node an internet gateway drops what it sends. */
    static Finding noNat(Subnet subnet) {
        return NO_NAT.of(
                "subnet " + subnet.id(),
                "its default route leads to an internet gateway, and pods have no public address",
                "route it through a NAT gateway, or leave the translation to the nodes (EXTERNALSNAT=false)");
    }

    /** Nodes that a roll leaves as they are, as one finding. */
    static Optional<Finding> nodesStay(RollDraft roll) {
        return roll.partial()
                ? Optional.of(NODES_STAY.of(
                        "nodes that stay",
                        "their pods keep them: "
                                + String.join(", ", roll.movement().remaining())
                                + "; old groups stay parked and are not deleted",
                        "plan again when these can move"))
                : Optional.empty();
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

    /** The same with those of a strategy that replaces nodes. */
    static Map<String, String> withRolls() {
        Map<String, String> codes = new TreeMap<>(explained());
        codes.putAll(RollCode.explanations(PREFIX));
        return codes;
    }
}
