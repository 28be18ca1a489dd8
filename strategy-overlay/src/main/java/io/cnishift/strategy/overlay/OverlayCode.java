package io.cnishift.strategy.overlay;

import static io.cnishift.api.plan.Severity.BLOCKER;
import static io.cnishift.api.plan.Severity.CONSENT;
import static io.cnishift.api.plan.Severity.INFO;
import static io.cnishift.api.plan.Severity.WARNING;

import io.cnishift.api.plan.Severity;

/** What the migration to an overlay has to cure, asks consent for, or wants known. */
enum OverlayCode implements Code {
    CALL_UNRESOLVED(
            WARNING,
            "A webhook or an aggregated API names a Service that does not exist or has no pods. It fails today already,"
                    + " and cnishift cannot tell what would make it reachable.",
            Docs.WEBHOOKS),
    CONTROL_PLANE_PORT_CLOSED(
            BLOCKER,
            "The control plane calls a pod on a node's address and port, and no security group rule lets it in. While the"
                    + " pod had a VPC address another rule may have done so.",
            Docs.EKS_SECURITY_GROUPS),
    FOREIGN_TARGETS(
            BLOCKER,
            "A target group holds pod addresses, and neither an Ingress nor a Service in the cluster explains it. Its targets"
                    + " would be lost without a replacement.",
            Docs.LBC_ANNOTATIONS),
    HOSTS_TOO_FEW(
            BLOCKER,
            "A workload on the host network has at most one pod on each node, and it wants more replicas than there are nodes"
                    + " for it.",
            Docs.WEBHOOKS),
    HOST_NETWORK_GAP(
            CONSENT,
            "A workload that the control plane calls is replaced without overlap, because of its update strategy or because no"
                    + " host is left for one more pod. Meanwhile its Service has fewer pods than it must have, and with none"
                    + " of them calls fail.",
            Docs.WEBHOOKS),
    HOST_NETWORK_TWICE(
            INFO,
            "A workload that the control plane calls gets onto the host network on the old nodes, and restarts once more when"
                    + " its node is replaced. A Deployment escapes that when its group can have a new node for each of its pods"
                    + " beforehand.",
            Docs.WEBHOOKS),
    HOST_PORT_CLASH(
            BLOCKER,
            "A workload has to move to the host network, where a port of its own is taken, and cnishift does not know how to"
                    + " give it another one.",
            Docs.WEBHOOKS),
    HOST_PORT_CLOSED(
            BLOCKER,
            "A Service leads to a port on nodes once its pods use the host network, and a security group does not let nodes reach"
                    + " that port of each other.",
            Docs.EKS_SECURITY_GROUPS),
    INGRESS_ACTIONS(
            BLOCKER,
            "An Ingress sends traffic to pod addresses by an action annotation, which the switch to node ports would have to"
                    + " rewrite. cnishift does not.",
            Docs.LBC_ANNOTATIONS),
    INGRESS_PORTS(
            BLOCKER,
            "An Ingress with ip targets names several ports of one Service. Its switch to node ports weighs two Services by one"
                    + " action, which names one port.",
            Docs.LBC_ANNOTATIONS),
    INGRESS_RESOURCE(
            BLOCKER,
            "An Ingress has a backend that is no Service. The AWS Load Balancer Controller serves none of its rules then, and"
                    + " the switch to node ports, which writes the rules whole, would lose that one.",
            Docs.LBC_ANNOTATIONS),
    INGRESS_SHARED(
            BLOCKER,
            "Two Ingresses of the AWS Load Balancer Controller lead to one Service with pod addresses. The switch to node ports"
                    + " keeps the traffic of one Ingress on a second Service while the first is switched; that of the other"
                    + " would find no target.",
            Docs.LBC_ANNOTATIONS),
    IP_TARGETS(
            BLOCKER,
            "A load balancer sends traffic to pod addresses. It cannot reach addresses of the overlay, and ELB does not refuse"
                    + " them: the targets just time out.",
            Docs.LBC_ANNOTATIONS),
    ISOLATED(
            CONSENT,
            "With hybrid=isolated no agent runs on old nodes, so nothing on them reaches a pod that has moved: not by its"
                    + " address, not through Services, DNS among them. Pods that have moved reach old ones. Load balancers"
                    + " leave old nodes before the first pod moves; on the way back, requests that they send to an old node"
                    + " for a pod still on a new one are lost.",
            Docs.CILIUM_MIGRATION),
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
    NLB_GAP(
            CONSENT,
            "The controller replaces the target group of a Network Load Balancer without overlap. Until the first node is"
                    + " registered in the new one, which takes one and a half to three minutes, and healthy, connections fail.",
            Docs.LBC_ANNOTATIONS),
    NO_READINESS_PROBE(
            CONSENT,
            "A workload behind a load balancer has no readiness probe. With node ports nothing else tells a starting pod from a"
                    + " ready one, so requests may reach it too early.",
            Docs.LBC_ANNOTATIONS),
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
    POD_GROUPS_CUT_OFF(
            BLOCKER,
            "In enforcing mode strict all that a pod with a branch interface sends leaves by that interface, whatever routes its"
                    + " node has. It would reach no pod of the overlay, CoreDNS included.",
            Docs.EKS_POD_SECURITY_GROUPS),
    POD_RANGE_OVERLAP(
            BLOCKER,
            "The pod range overlaps addresses that pods or nodes must reach. Whatever lies in the overlap becomes unreachable.",
            Docs.CILIUM_POOL),
    POD_SECURITY(
            BLOCKER,
            "A workload has to use the host network, and the Pod Security level of its namespace forbids it.",
            Docs.POD_SECURITY),
    POLICY_ENGINE(
            BLOCKER,
            "A pod has to use the host network, and a rule of a policy engine refuses it. An exception is seen where it stands"
                    + " in the rule itself; Kyverno's PolicyExceptions are not read.",
            Docs.WEBHOOKS),
    POLICY_UNKNOWN(
            WARNING,
            "A policy engine enforces rules about pods that are none of the known ones on the network and the ports of the"
                    + " host. Whether they refuse what the migration makes is not known.",
            Docs.WEBHOOKS),
    POOL_TOO_SMALL(
            BLOCKER,
            "Each node gets a slice of the pod range of its own, and there are fewer slices than there can be nodes. The slice"
                    + " cannot be changed later.",
            Docs.CILIUM_POOL),
    STICKY(
            CONSENT,
            "A target group keeps clients on one target. With node ports this is one node, not one pod.",
            Docs.LBC_ANNOTATIONS),
    TARGET_NODES(
            BLOCKER,
            "A load balancer with ip targets is told which nodes it may register. The switch to node ports waits until every node"
                    + " is a healthy target, and would wait in vain.",
            Docs.LBC_ANNOTATIONS),
    USER_TARGET_GROUP(
            BLOCKER,
            "A TargetGroupBinding that a user wrote registers pod addresses. Only its author can give it a target group of"
                    + " instances.",
            Docs.LBC_ANNOTATIONS),
    WEBHOOK_UNREACHABLE(
            BLOCKER,
            "The control plane calls pods behind this Service. It has no route into the overlay, so calls would time out, and"
                    + " writes that need the webhook would be refused.",
            Docs.WEBHOOKS);

    private final Severity severity;
    private final String explanation;
    private final String reference;

    OverlayCode(Severity severity, String explanation, String reference) {
        this.severity = severity;
        this.explanation = explanation;
        this.reference = reference;
    }

    @Override
    public Meaning meaning() {
        return new Meaning(OverlayStrategy.ID, PREFIX, severity, explanation, reference);
    }
}
