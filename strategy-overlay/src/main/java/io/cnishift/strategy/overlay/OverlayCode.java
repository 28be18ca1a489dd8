package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything the overlay strategy may report, each code with the weight it always has. The code is {@code OVL-} and the
 * name with hyphens; the explanation is what {@code cnishift explain} prints.
 */
enum OverlayCode {
    ADDON_UNHEALTHY(
            BLOCKER,
            "An EKS add-on that the migration changes or relies on is not active. A change of a degraded add-on may be"
                    + " refused half way, so it has to be repaired first.",
            Docs.EKS_ADDONS),
    AL2(
            WARNING,
            "Nodes run Amazon Linux 2, for which AWS builds no new images. New nodes are made from the same image, and"
                    + " its bootstrap arguments differ from those of Amazon Linux 2023.",
            Docs.EKS_AMIS),
    AUTO_MODE(
            BLOCKER,
            "EKS Auto Mode brings its own networking and allows no other CNI on its nodes.",
            Docs.ALTERNATE_CNI),
    AUTOSCALER(
            INFO,
            "A controller that adds, removes or restarts nodes is stopped while the cluster has two CNIs, and started"
                    + " again at the end: it would bring back old nodes or take away new ones.",
            Docs.CILIUM_MIGRATION),
    BARE_POD(CONSENT, "A pod has no controller. Once its node is drained nobody makes it again.", Docs.DRAIN),
    BY_ROLLOUT(
            INFO,
            "Evicting the only pod of a Service, or one whose budget never allows it, would be an outage. The Deployment"
                    + " is restarted with a surge instead, once new nodes are proven and old ones take no pods.",
            Docs.DRAIN),
    CALL_UNRESOLVED(
            WARNING,
            "A webhook or an aggregated API names a Service that does not exist or has no pods. It fails today already,"
                    + " and cnishift cannot tell what would make it reachable.",
            Docs.WEBHOOKS),
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
    CONTROL_PLANE_PORT_CLOSED(
            BLOCKER,
            "The control plane calls a pod on a node's address and port, and no security group rule lets it in. While the"
                    + " pod had a VPC address another rule may have done so.",
            Docs.EKS_SECURITY_GROUPS),
    CONTROL_PLANE_SUBNET(
            WARNING,
            "EKS needs six free addresses in the subnets of the control plane when the cluster is updated. The migration"
                    + " neither needs nor takes them.",
            Docs.EKS_NETWORK),
    CUSTOM_NETWORKING(
            INFO,
            "The VPC CNI gives pods addresses of other subnets (ENIConfig). After the migration nothing uses these subnets"
                    + " any more.",
            Docs.ALTERNATE_CNI),
    DNS_SINGLE(
            BLOCKER,
            "CoreDNS has fewer than two replicas. While its only pod moves no name in the cluster is resolved.",
            Docs.DRAIN),
    DO_NOT_EVICT(
            WARNING,
            "A pod asks autoscalers not to evict it. A replacement of its node evicts it nevertheless.",
            Docs.DRAIN),
    DOUBLE_BUDGET(
            BLOCKER,
            "Two PodDisruptionBudgets select one pod. The API server then answers every eviction with an error, whatever the"
                    + " budgets allow.",
            Docs.DRAIN),
    EMPTYDIR_DATA(
            CONSENT,
            "A pod keeps data in an emptyDir volume, which is deleted with the pod. Accept this for caches and scratch"
                    + " files, or set deleteEmptyDirData=true for all.",
            Docs.DRAIN),
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
    FOREIGN_TARGETS(
            BLOCKER,
            "A target group holds pod addresses, and neither an Ingress nor a Service in the cluster explains it. Its targets"
                    + " would be lost without a replacement.",
            Docs.LBC_ANNOTATIONS),
    GROUP_UNHEALTHY(
            BLOCKER,
            "A node group is not ACTIVE or reports issues. Nodes made or removed now may hang in between.",
            Docs.EKS_NODE_GROUPS),
    HEALTH_PORT_CLOSED(
            WARNING,
            "Security groups close a port with which Cilium only watches itself. Pods work without it, and Cilium cannot say"
                    + " how well.",
            Docs.CILIUM_REQUIREMENTS),
    HOP_LIMIT(
            INFO,
            "The response hop limit of the instance metadata service decides whether pods reach it. Overlay pods are one hop"
                    + " further away than pods of the VPC CNI (cilium/cilium#25232), so 2 becomes 3; a limit of 1 keeps pods away"
                    + " today and does so afterwards.",
            Docs.IMDS),
    HOST_NETWORK_GAP(
            CONSENT,
            "A workload that the control plane calls is replaced all at once, because of its update strategy or because it has"
                    + " one replica and one host. Meanwhile calls to it fail.",
            Docs.WEBHOOKS),
    HOST_PORT(
            CONSENT,
            "A pod asks for a port of its host without using the host's network. The VPC CNI chains a plug-in for that, Cilium"
                    + " serves such ports only when it replaces kube-proxy.",
            Docs.CILIUM_KPR),
    HOST_PORT_CLASH(
            BLOCKER,
            "A workload has to move to the host network, where a port of its own is taken, and cnishift does not know how to"
                    + " give it another one.",
            Docs.WEBHOOKS),
    HOSTS_TOO_FEW(
            BLOCKER,
            "A workload on the host network has at most one pod on each node, and it wants more replicas than there are nodes"
                    + " for it.",
            Docs.WEBHOOKS),
    HYBRID_END(
            INFO,
            "Some nodes stay with the VPC CNI, by an option or a consent. The fence, aws-node and the SNAT exclusions stay too,"
                    + " and the VPC CNI is not removed.",
            Docs.CILIUM_MIGRATION),
    HYBRID_NODES(
            BLOCKER,
            "EKS hybrid nodes run a CNI of their own, with addresses outside of the VPC. This version plans for none.",
            Docs.ALTERNATE_CNI),
    IAC_OWNED(
            WARNING,
            "A node group is written by Terraform, CloudFormation or eksctl. The new group is not in that code, and the old"
                    + " one is not deleted behind its back.",
            Docs.EKS_NODE_GROUPS),
    IMAGES(
            WARNING,
            "The node subnets have no route to the internet, and the values name no mirror of Cilium's images. Unless the"
                    + " nodes' container runtime knows one, agents do not start; nothing has moved by then.",
            Docs.CILIUM_MIGRATION),
    INGRESS_ACTIONS(
            BLOCKER,
            "An Ingress sends traffic to pod addresses by an action annotation, which the switch to node ports would have to"
                    + " rewrite. cnishift does not.",
            Docs.LBC_ANNOTATIONS),
    IP_BLOCK_POLICY(
            CONSENT,
            "A NetworkPolicy names addresses of nodes, pods or Services. Cilium knows these by identity, so such a rule no"
                    + " longer matches them once policies are enforced.",
            Docs.CILIUM_POLICY),
    IP_TARGETS(
            BLOCKER,
            "A load balancer sends traffic to pod addresses. It cannot reach addresses of the overlay, and ELB does not refuse"
                    + " them: the targets just time out.",
            Docs.LBC_ANNOTATIONS),
    IPV6(
            BLOCKER,
            "Pods have IPv6 addresses. A change of the address family is not part of a migration.",
            Docs.ALTERNATE_CNI),
    KARPENTER(
            BLOCKER,
            "Nodes are made by Karpenter. This version plans for managed groups and Auto Scaling groups only.",
            Docs.CILIUM_TAINTS),
    KUBE_PROXY_CUT(
            CONSENT,
            "Cilium takes over from kube-proxy on running nodes. Connections that go through a Service are cut while the"
                    + " agents restart.",
            Docs.CILIUM_KPR),
    KUBE_PROXY_IPVS(
            WARNING,
            "kube-proxy runs in IPVS mode. The migration is described and tested with iptables mode.",
            Docs.CILIUM_KPR),
    LOCAL_TRAFFIC(
            WARNING,
            "A Service takes outside traffic only on nodes that run one of its pods. While pods move, the load balancer must"
                    + " notice each time which nodes these are.",
            Docs.LBC_ANNOTATIONS),
    MAX_PODS(
            INFO,
            "kubelet's limit does not change by itself when addresses are no longer short. New nodes admit the most of 250, 110,"
                    + " 58, 28 or 12 pods, within what AWS advises for their size, whose memory reservation stays within a quarter of the"
                    + " node's memory; each of them nearly fills a slice of the pool.",
            Docs.MAX_PODS),
    MAX_PODS_LOWERED(
            WARNING,
            "Nodes admit more pods today than AWS advises for their size. New nodes keep to the advice, since they hold fewer"
                    + " pods than that.",
            Docs.MAX_PODS),
    MAX_PODS_MEMORY(
            WARNING,
            "nodeadm reserves 255 MiB and 11 MiB for each pod that a node admits, used or not. The number asked for takes more"
                    + " than a quarter of the node's memory.",
            Docs.MAX_PODS),
    MAX_PODS_UNKNOWN(
            WARNING,
            "A group has no node whose memory could be looked at. Its new nodes keep the limit of the VPC CNI.",
            Docs.MAX_PODS),
    NETWORK_POLICIES(
            CONSENT,
            "NetworkPolicies are enforced today. While pods of two CNIs talk to each other none is, because pods of the VPC CNI"
                    + " have no identity; enforcement by Cilium begins in one step at the end.",
            Docs.CILIUM_MIGRATION),
    NLB_GAP(
            CONSENT,
            "The controller replaces the target group of a Network Load Balancer without overlap. Until the first node is healthy"
                    + " in the new one, connections fail.",
            Docs.LBC_ANNOTATIONS),
    NO_CAPACITY(
            BLOCKER,
            "What pods request does not fit on the nodes that are there while others are replaced.",
            Docs.DRAIN),
    NO_LAUNCH_TEMPLATE(
            CONSENT,
            "A managed group without a launch template of its own cannot be told how many pods its nodes admit. Its new nodes"
                    + " keep the limit that EKS computes for the VPC CNI.",
            Docs.MAX_PODS),
    NO_READINESS_PROBE(
            CONSENT,
            "A workload behind a load balancer has no readiness probe. With node ports nothing else tells a starting pod from a"
                    + " ready one, so requests may reach it too early.",
            Docs.LBC_ANNOTATIONS),
    NO_ROOM_IN_GROUP(
            BLOCKER, "The group may not have as many nodes as its size and its surge together.", Docs.EKS_NODE_GROUPS),
    NO_VPC_CNI(
            BLOCKER, "There is no aws-node DaemonSet, so the cluster is not on the plain VPC CNI.", Docs.ALTERNATE_CNI),
    NODE_CORDONED(
            WARNING,
            "A node takes no new pods already. It is replaced like the others; if somebody is working on it, wait for them.",
            Docs.DRAIN),
    NODE_LOCAL_DNS(
            CONSENT,
            "NodeLocal DNSCache intercepts queries by rules that Cilium bypasses once it replaces kube-proxy. Queries then go to"
                    + " CoreDNS directly, unless a CiliumLocalRedirectPolicy is made.",
            Docs.CILIUM_LOCAL_REDIRECT),
    NODE_NOT_READY(
            BLOCKER, "A node is not Ready. What is wrong with it would stop the migration half way.", Docs.DRAIN),
    NODE_PORT_CLOSED(
            BLOCKER,
            "Security groups do not let nodes send each other VXLAN, in which all traffic between pods of different nodes"
                    + " travels.",
            Docs.CILIUM_REQUIREMENTS),
    NODE_SELECTOR_OWNED(
            BLOCKER,
            "EKS owns the node selector of aws-node here, so the fence would be taken down again by the add-on.",
            Docs.EKS_FIELDS),
    NODE_UNSUITABLE(
            BLOCKER, "Cilium needs a Linux kernel of 5.10 or later on amd64 or arm64.", Docs.CILIUM_REQUIREMENTS),
    OPTIONS_CONFLICT(
            BLOCKER, "Two options, or an option and the cluster, contradict each other.", Docs.CILIUM_MIGRATION),
    ORPHAN_NODE(
            BLOCKER,
            "A node belongs to no node group that cnishift knows, so nobody would replace it.",
            Docs.EKS_NODE_GROUPS),
    OTHER_CNI(
            CONSENT,
            "Another plug-in writes into the CNI directory of nodes. Cilium sets such files aside on nodes that it owns, unless"
                    + " the values say cni.exclusive=false.",
            Docs.CILIUM_MIGRATION),
    OTHER_POLICY_ENGINE(
            CONSENT,
            "Another project enforces NetworkPolicies. Cilium's migration was never tested beside it.",
            Docs.CILIUM_MIGRATION),
    OWNER_REVERTS(
            WARNING,
            "The object belongs to a Helm release. cnishift changes it, and the next upgrade of the release changes it back"
                    + " unless its values say the same.",
            Docs.WEBHOOKS),
    OWNER_STEP(
            INFO,
            "The object is written by a GitOps tool or an operator, which would undo a change made behind its back. The plan"
                    + " shows the owner the change and waits until it is there.",
            Docs.WEBHOOKS),
    PINNED(BLOCKER, "A workload may only run on nodes with a label that no new node will have.", Docs.DRAIN),
    POD_IDENTITY_POLICY(
            CONSENT,
            "A policy restricts egress of pods that get their AWS credentials from the Pod Identity agent on their node. Cilium"
                    + " knows that address as the host, which no ipBlock matches (cilium/cilium#34387).",
            Docs.CILIUM_POLICY),
    POD_RANGE_OVERLAP(
            BLOCKER,
            "The pod range overlaps addresses that pods or nodes must reach. Whatever lies in the overlap becomes unreachable.",
            Docs.CILIUM_POOL),
    POD_SECURITY(
            BLOCKER,
            "A workload has to use the host network, and the Pod Security level of its namespace forbids it.",
            Docs.POD_SECURITY),
    POOL_TOO_SMALL(
            BLOCKER,
            "Each node gets a slice of the pod range of its own, and there are fewer slices than there can be nodes. The slice"
                    + " cannot be changed later.",
            Docs.CILIUM_POOL),
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
    SINGLETON_DOWN(
            CONSENT,
            "The only pod of a Service is evicted, since nothing can run beside it. The Service is down until the pod runs"
                    + " elsewhere.",
            Docs.DRAIN),
    SPOT(
            WARNING,
            "Nodes are Spot instances, which come and go by themselves while the group is replaced.",
            Docs.EKS_NODE_GROUPS),
    STICKY(
            CONSENT,
            "A target group keeps clients on one target. With node ports this is one node, not one pod.",
            Docs.LBC_ANNOTATIONS),
    SURGE_LIMITED(
            WARNING,
            "A subnet of the group has too few free addresses for the usual number of extra nodes, even when warm addresses are"
                    + " given back.",
            Docs.EKS_NETWORK),
    TEMPLATE_NEEDS_AMI(
            WARNING,
            "EKS sets max-pods of managed nodes itself unless their launch template names an image. The plan makes a template"
                    + " version with the image that the nodes run now; from then on you choose images, EKS no longer does.",
            Docs.MAX_PODS),
    UNDRAINABLE(
            CONSENT,
            "Nothing moves this pod without an outage or against its budget: it has a volume that one node alone may mount, its"
                    + " controller cannot run a second one beside it, or its budget never allows a disruption. Accepted, its node"
                    + " stays with the VPC CNI.",
            Docs.DRAIN),
    UNKNOWN_FACT(
            BLOCKER,
            "A part of the cluster that the plan depends on could not be read. cnishift does not guess.",
            Docs.EKS_NETWORK),
    UNREAD_FACT(
            WARNING,
            "A part of the cluster could not be read. What it would have shown is not judged.",
            Docs.EKS_NETWORK),
    USER_TARGET_GROUP(
            BLOCKER,
            "A TargetGroupBinding that a user wrote registers pod addresses. Only its author can give it a target group of"
                    + " instances.",
            Docs.LBC_ANNOTATIONS),
    VPC_CNI_TOO_OLD(
            BLOCKER,
            "Pods of the VPC CNI can be routed to the overlay from version 1.12.6 on (AWS_EXTERNAL_SERVICE_CIDRS).",
            Docs.VPC_CNI),
    VPC_CNI_UNSETTLED(
            BLOCKER, "aws-node is being rolled out, or does not run on every node that wants it.", Docs.VPC_CNI),
    WARM_ADDRESSES(
            BLOCKER,
            "A subnet has no free address for even one new node, while nodes hold warm ones that no pod uses.",
            Docs.VPC_CNI),
    WEBHOOK_UNREACHABLE(
            BLOCKER,
            "The control plane calls pods behind this Service. It has no route into the overlay, so calls would time out, and"
                    + " writes that need the webhook would be refused.",
            Docs.WEBHOOKS),
    WINDOWS(BLOCKER, "Windows nodes need the VPC CNI, and Cilium does not run on them.", Docs.ALTERNATE_CNI);

    private static final String STRATEGY = "overlay";

    private final Severity severity;
    private final String explanation;
    private final String reference;

    OverlayCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    /** The code as users see it. */
    String code() {
        return "OVL-" + name().replace('_', '-');
    }

    /** A finding of this code. */
    Finding finding(String subject, String message, String remedy) {
        return new Finding(
                code(),
                severity,
                subject,
                message,
                remedy,
                reference,
                List.of(STRATEGY),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Every code with its explanation. */
    static Map<String, String> explanations() {
        Map<String, String> explanations = new TreeMap<>();
        for (OverlayCode code : values()) {
            explanations.put(code.code(), code.explanation);
        }
        return explanations;
    }
}
