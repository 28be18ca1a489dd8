package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What may be said of nodes that are replaced and of pods that move with them, whatever addresses they get. */
enum MoveCode implements Code {
    BARE_POD(CONSENT, "A pod has no controller. Once its node is drained nobody makes it again.", Docs.DRAIN),
    BY_ROLLOUT(
            INFO,
            "Evicting the only pod of a Service, or one whose budget never allows it, would be an outage. The Deployment"
                    + " is restarted with a surge instead, once new nodes are proven and old ones take no pods.",
            Docs.DRAIN),
    CONTROL_PLANE_SUBNET(
            WARNING,
            "EKS needs six free addresses in the subnets of the control plane when the cluster is updated. The migration"
                    + " neither needs nor takes them.",
            Docs.EKS_NETWORK),
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
    HOST_PORT(
            CONSENT,
            "A pod asks for a port of its host without using the host's network. The VPC CNI chains a plug-in for that, Cilium"
                    + " serves such ports only when it replaces kube-proxy.",
            Docs.CILIUM_KPR),
    HYBRID_END(
            INFO,
            "Some nodes stay with the VPC CNI, by an option or a consent. The fence, aws-node and the SNAT exclusions stay too,"
                    + " and the VPC CNI is not removed.",
            Docs.CILIUM_MIGRATION),
    IMAGES(
            CONSENT,
            "The node subnets have no route to the internet, so the plan takes Cilium's images from the registry of the account"
                    + " from which the cluster's workloads come. Whether they are in it is not seen. Unless they were copied"
                    + " there, agents do not start; nothing has moved by then.",
            Docs.CILIUM_MIGRATION),
    JOB_UNDER_WAY(
            WARNING,
            "A pod of a Job runs. On another node its work begins anew, unless the option undisturbed leaves it where it is: then"
                    + " its node is replaced once it is done, or stays with the VPC CNI.",
            Docs.DRAIN),
    KUBE_PROXY_CUT(
            CONSENT,
            "Cilium takes over from kube-proxy on running nodes. Connections that go through a Service are cut while the"
                    + " agents restart.",
            Docs.CILIUM_KPR),
    MAX_PODS_MEMORY(
            WARNING,
            "nodeadm reserves 255 MiB and 11 MiB for each pod that a node admits, used or not. The number asked for takes more"
                    + " than a quarter of the node's memory.",
            Docs.MAX_PODS),
    MAX_PODS_UNKNOWN(
            WARNING,
            "A group has no node whose memory could be looked at. Its new nodes keep the limit of the VPC CNI.",
            Docs.MAX_PODS),
    NODE_PORT_CLOSED(
            BLOCKER,
            "Security groups do not let nodes send each other VXLAN, in which all traffic between pods of different nodes"
                    + " travels.",
            Docs.CILIUM_REQUIREMENTS),
    NO_ADDRESSES(
            BLOCKER,
            "The subnets of a group have no address for a single new node, warm ones given back. Nor could a node be drained first:"
                    + " its pods would wait on the other nodes for addresses that there are not.",
            Docs.VPC_CNI),
    NO_CAPACITY(
            BLOCKER,
            "What pods request does not fit on the nodes that are there while others are replaced.",
            Docs.DRAIN),
    NO_IMAGES(
            BLOCKER,
            "The node subnets have no route to the internet, and no registry is known that the nodes reach and that holds"
                    + " Cilium's images. Agents would not start on any node.",
            Docs.CILIUM_MIGRATION),
    NO_LAUNCH_TEMPLATE(
            CONSENT,
            "A managed group without a launch template of its own cannot be told how many pods its nodes admit. Its new nodes"
                    + " keep the limit that EKS computes for the VPC CNI.",
            Docs.MAX_PODS),
    NO_ROOM_IN_GROUP(
            BLOCKER, "The group may not have as many nodes as its size and its surge together.", Docs.EKS_NODE_GROUPS),
    OPTIONS_CONFLICT(
            BLOCKER, "Two options, or an option and the cluster, contradict each other.", Docs.CILIUM_MIGRATION),
    PINNED(BLOCKER, "A workload may only run on nodes with a label that no new node will have.", Docs.DRAIN),
    SINGLETON_DOWN(
            CONSENT,
            "The only pod of a Service is evicted, since nothing can run beside it. The Service is down until the pod runs"
                    + " elsewhere.",
            Docs.DRAIN),
    SURGE_LIMITED(
            WARNING,
            "A group cannot have the usual number of extra nodes: its subnets have too few free addresses even when warm ones"
                    + " are given back, its capacity reservation is in use, or the cluster may not have more nodes. With none it"
                    + " is drained first: one node goes, then its replacement comes.",
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
    WARM_ADDRESSES(
            BLOCKER,
            "A subnet has no free address for even one new node, while nodes hold warm ones that no pod uses.",
            Docs.VPC_CNI);

    private final Severity severity;
    private final String explanation;
    private final String reference;

    MoveCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    @Override
    public Meaning meaning() {
        return new Meaning(OverlayStrategy.ID, "OVL", severity, explanation, reference);
    }
}
