package io.cnishift.api.roll;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may be said of nodes that are replaced and of pods that move with them, whatever the reason. Users see a code with the
 * {@linkplain NewNodes#prefix prefix} of the strategy that rolls, {@code OVL-BARE-POD}; its descriptor explains them by
 * {@link #explanations}.
 */
public enum RollCode {
    AL2(
            WARNING,
            "Nodes run Amazon Linux 2, for which AWS builds no new images. New nodes are made from the same image, and"
                    + " its bootstrap arguments differ from those of Amazon Linux 2023.",
            Docs.EKS_AMIS),
    AUTOSCALER(
            INFO,
            "A controller that adds, removes or restarts nodes is stopped while nodes are replaced, and started"
                    + " again at the end: it would bring back old nodes or take away new ones.",
            Docs.OF_STRATEGY),
    BARE_POD(CONSENT, "A pod has no controller. Once its node is drained nobody makes it again.", Docs.DRAIN),
    BY_ROLLOUT(
            INFO,
            "Evicting the only pod of a Service, or one whose budget never allows it, would be an outage. The Deployment"
                    + " is restarted with a surge instead, once new nodes are proven and old ones take no pods.",
            Docs.DRAIN),
    DNS_SINGLE(
            BLOCKER,
            "CoreDNS has fewer than two replicas. While its only pod moves no name in the cluster is resolved.",
            Docs.DRAIN),
    DOUBLE_BUDGET(
            BLOCKER,
            "Two PodDisruptionBudgets select one pod. The API server then answers every eviction with an error, whatever the"
                    + " budgets allow.",
            Docs.DRAIN),
    DO_NOT_EVICT(
            WARNING,
            "A pod asks autoscalers not to evict it. A replacement of its node evicts it nevertheless, unless the option"
                    + " undisturbed leaves it there.",
            Docs.DRAIN),
    EMPTYDIR_DATA(
            CONSENT,
            "A pod keeps data in an emptyDir volume, which is deleted with the pod. Accept this for caches and scratch"
                    + " files, or set deleteEmptyDirData=true for all.",
            Docs.DRAIN),
    GROUP_UNHEALTHY(
            BLOCKER,
            "A node group is not ACTIVE or reports issues. Nodes made or removed now may hang in between.",
            Docs.EKS_NODE_GROUPS),
    IAC_OWNED(
            WARNING,
            "A node group is written by Terraform, CloudFormation or eksctl. The new group is not in that code, and the old"
                    + " one is not deleted behind its back.",
            Docs.EKS_NODE_GROUPS),
    JOB_UNDER_WAY(
            WARNING,
            "A pod of a Job runs. On another node its work begins anew, unless the option undisturbed leaves it where it is: then"
                    + " its node is replaced once it is done, or stays as it is.",
            Docs.DRAIN),
    KARPENTER(
            BLOCKER,
            "A NodePool of Karpenter cannot be copied, so nothing would make new nodes for its pods.",
            Docs.NODE_POOLS),
    MAX_PODS_MEMORY(
            WARNING,
            "nodeadm reserves 255 MiB and 11 MiB for each pod that a node admits, used or not. The number asked for takes more"
                    + " than a quarter of the node's memory.",
            Docs.MAX_PODS),
    MAX_PODS_UNKNOWN(
            WARNING,
            "A group has no node whose memory could be looked at. What its new nodes admit is what the interfaces of its types"
                    + " carry, or what the options say.",
            Docs.MAX_PODS),
    NODEPOOL_TWIN(
            INFO,
            "Karpenter replaces the nodes of a NodePool whose template changes. So the template of a pool in use stays as it is,"
                    + " and a copy of the pool with a greater weight launches nodes in its place. The old pool is frozen by its limits and"
                    + " disruption budgets while its nodes are replaced.",
            Docs.NODE_POOLS),
    NODE_CORDONED(
            WARNING,
            "A node takes no new pods already. It is replaced like the others; if somebody is working on it, wait for them.",
            Docs.DRAIN),
    NODE_NOT_READY(
            BLOCKER, "A node is not Ready. What is wrong with it would stop the migration half way.", Docs.DRAIN),
    NO_ADDRESSES(
            BLOCKER,
            "The subnets of a group have no address for a single new node, warm ones given back. Nor could a node be drained first:"
                    + " its pods would wait on the other nodes for addresses that there are not.",
            Docs.VPC_CNI),
    NO_CAPACITY(
            BLOCKER,
            "Pods do not fit, by what they request or by their number, on the nodes that are there while others are replaced.",
            Docs.DRAIN),
    NO_NODE_BESIDE(
            BLOCKER,
            "A group of one node gets no extra one, so that node is drained before its replacement is made. A pod on it is moved by a"
                    + " rollout, which starts the second pod on another node of the group, and there is none: the run would pause.",
            Docs.DRAIN),
    NO_LAUNCH_TEMPLATE(
            CONSENT,
            "A managed group without a launch template of its own cannot be told how many pods its nodes admit. Its new nodes"
                    + " keep the limit that EKS computes for the VPC CNI.",
            Docs.MAX_PODS),
    NO_ROOM_IN_GROUP(
            BLOCKER, "The group may not have as many nodes as its size and its surge together.", Docs.EKS_NODE_GROUPS),
    OPTIONS_CONFLICT(BLOCKER, "Two options, or an option and the cluster, contradict each other.", Docs.OF_STRATEGY),
    ORPHAN_NODE(
            BLOCKER,
            "A node belongs to no node group that cnishift knows, so nobody would replace it.",
            Docs.EKS_NODE_GROUPS),
    PINNED(BLOCKER, "A workload may only run on nodes with a label that no new node will have.", Docs.DRAIN),
    SINGLETON_DOWN(
            CONSENT,
            "The only pod of a Service is evicted, since nothing can run beside it. The Service is down until the pod runs"
                    + " elsewhere.",
            Docs.DRAIN),
    SPOT(
            WARNING,
            "Nodes are Spot instances, which come and go by themselves while the group is replaced.",
            Docs.EKS_NODE_GROUPS),
    SURGE_LIMITED(
            WARNING,
            "A group cannot have the usual number of extra nodes: its subnets have too few free addresses even when warm ones"
                    + " are given back, its capacity reservation is in use, or the cluster may not have more nodes. With none it"
                    + " is drained first: one node goes, then its replacement comes.",
            Docs.EKS_NETWORK),
    TARGETS_END(
            CONSENT,
            "A load balancer goes on sending to the address of a pod that ends until it has been told, some seconds later. A pod"
                    + " that does not wait so long before it ends loses these requests, whenever it is moved.",
            Docs.LBC_READINESS),
    TEMPLATE_NEEDS_AMI(
            WARNING,
            "EKS sets max-pods of managed nodes itself unless their launch template names an image. The plan makes a template"
                    + " version with the image that the nodes run now; from then on you choose images, EKS no longer does.",
            Docs.MAX_PODS),
    UNDRAINABLE(
            CONSENT,
            "Nothing moves this pod without an outage or against its budget: it has a volume that one node alone may mount, its"
                    + " controller cannot run a second one beside it, or its budget never allows a disruption. Accepted, its node"
                    + " stays as it is.",
            Docs.DRAIN),
    WARM_ADDRESSES(
            BLOCKER,
            "A subnet has no free address for even one new node, while nodes hold warm ones that no pod uses.",
            Docs.VPC_CNI);

    private final Severity severity;
    private final String explanation;
    private final String reference;

    RollCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    /**
     * The code as users see it.
     *
     * @param prefix what the codes of the strategy begin with, without a hyphen
     */
    public String code(String prefix) {
        return prefix + "-" + name().replace('_', '-');
    }

    /** A finding of the strategy that puts these nodes in the place of others. */
    public Finding of(NewNodes newNodes, String subject, String message, String remedy) {
        String documented =
                reference.equals(Docs.OF_STRATEGY) ? newNodes.words().reference() : reference;
        return Finding.of(code(newNodes.prefix()), severity, subject, message, remedy, documented);
    }

    /** Every code with its explanation, for the descriptor of a strategy. */
    public static Map<String, String> explanations(String prefix) {
        Map<String, String> explanations = new TreeMap<>();
        for (RollCode code : values()) {
            explanations.put(code.code(prefix), code.explanation);
        }
        return explanations;
    }
}
