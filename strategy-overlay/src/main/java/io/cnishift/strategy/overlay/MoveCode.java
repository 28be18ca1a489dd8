package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What may be said of nodes that are replaced and of pods that move with them, whatever addresses they get. */
enum MoveCode implements Code {
    CONTROL_PLANE_SUBNET(
            WARNING,
            "EKS needs six free addresses in the subnets of the control plane when the cluster is updated. The migration"
                    + " neither needs nor takes them.",
            Docs.EKS_NETWORK),
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
    KUBE_PROXY_CUT(
            CONSENT,
            "Cilium takes over from kube-proxy on running nodes. Connections that go through a Service are cut while the"
                    + " agents restart.",
            Docs.CILIUM_KPR),
    NODE_PORT_CLOSED(
            BLOCKER,
            "Security groups do not let nodes send each other VXLAN, in which all traffic between pods of different nodes"
                    + " travels.",
            Docs.CILIUM_REQUIREMENTS),
    NO_IMAGES(
            BLOCKER,
            "The node subnets have no route to the internet, and no registry is known that the nodes reach and that holds"
                    + " Cilium's images. Agents would not start on any node.",
            Docs.CILIUM_MIGRATION);

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
        return new Meaning(OverlayStrategy.ID, PREFIX, severity, explanation, reference);
    }
}
