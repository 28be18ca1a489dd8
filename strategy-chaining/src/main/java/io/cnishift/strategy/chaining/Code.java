package io.cnishift.strategy.chaining;

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
    AUTO_MODE(Severity.BLOCKER, "EKS Auto Mode allows no other CNI."),
    IPV6(Severity.WARNING, "Chaining on IPv6 clusters depends on versions of both sides that were not checked."),
    NO_VPC_CNI(Severity.BLOCKER, "Chaining needs the VPC CNI; the cluster has no aws-node DaemonSet."),
    CILIUM_PRESENT(
            Severity.BLOCKER,
            "Cilium is in the cluster already, chained, half removed or as the CNI. Installing it again on top would change settings"
                    + " under running pods."),
    CNI_TOO_OLD(Severity.BLOCKER, "Chaining needs VPC CNI 1.11.2 or later."),
    KERNEL_TOO_OLD(Severity.BLOCKER, "Cilium needs a Linux kernel of 5.10 or later."),
    POLICY_AGENT(
            Severity.BLOCKER,
            "The VPC CNI's own network policy agent runs and no EKS add-on says so, through which it could be switched off. Two"
                    + " agents on one pod interface contradict each other."),
    POLICY_PAUSE(
            Severity.CONSENT,
            "The VPC CNI's network policy agent is switched off before Cilium comes, for which NetworkPolicies are withdrawn, and"
                    + " Cilium enforces them at the end: in between none is enforced."),
    POLICIES_BEGIN(
            Severity.CONSENT,
            "NetworkPolicies exist. Cilium enforces them from the end of the migration on, in its own reading."),
    RESTART_GAP(
            Severity.CONSENT,
            "A pod comes under Cilium when it starts, and the restart of this workload takes a Service below its minimum."
                    + " Accepted for a workload by name its seconds are reported as consented, accepted for all they are not."),
    TARGET_GAP(
            Severity.CONSENT,
            "A load balancer sends to pod addresses. A restart may leave it without a healthy target until its health checks have"
                    + " passed: an Application Load Balancer's take seconds, with one pod as with ten; a Network Load Balancer takes one"
                    + " and a half to three minutes before it begins to check. Pod readiness gates, which are not seen, prevent it."),
    NO_NODE_BESIDE(
            Severity.BLOCKER,
            "The restart of this workload starts a pod before it ends one, and no node has a place for it by its requests: the run"
                    + " would pause there, with the VPC CNI's policies away."),
    JOBS(
            Severity.WARNING,
            "A Job runs. Its pods are not restarted: the run waits for their end before it changes anything, as long as option"
                    + " jobLimit says, and then stops. A Job that begins later and before Cilium is there has ten minutes more"
                    + " at the end of the restarts, and is left out then."),
    JOB_LEFT(
            Severity.CONSENT,
            "A Job runs and is left out by option jobs: until its pods end they have no policies, and those of other pods take"
                    + " them for strangers."),
    JOB_GOES_ON(
            Severity.BLOCKER,
            "A Job has not ended in the time that option jobLimit gives it. Nothing was changed yet."),
    OTHER_CONTROLLER(
            Severity.CONSENT,
            "Pods are made by a controller that is no Deployment, StatefulSet, DaemonSet or Job: an operator, or a ReplicaSet by"
                    + " itself. The run does not restart them; until their owner does they have no policies, and those of other"
                    + " pods take them for strangers."),
    BY_HAND(
            Severity.CONSENT,
            "The workload does not restart its pods by itself; the run waits until somebody has deleted each of them."),
    LATER_NODES(
            Severity.WARNING,
            "On a node that joins later pods may start before the agent of Cilium has put itself behind aws-node: they are no"
                    + " endpoints and have no policies until they are restarted. A taint that the agent takes off keeps them waiting."),
    POD_GROUPS(
            Severity.CONSENT,
            "Pods have security groups of their own, in mode standard. That Cilium's policies count for them too when it is chained"
                    + " is documented for other policy engines, not for Cilium, and no rehearsal plays it."),
    POD_GROUPS_STRICT(
            Severity.BLOCKER,
            "Pods have security groups of their own, in mode strict: their packets go past the interface at which Cilium enforces"
                    + " policies. POD_SECURITY_GROUP_ENFORCING_MODE has to be standard."),
    IMAGES(
            Severity.CONSENT,
            "The node subnets have no route to the internet, so Cilium's images come from the registry of the account from"
                    + " which the cluster's workloads come. Whether they are in it is not seen."),
    NO_IMAGES(
            Severity.BLOCKER,
            "The node subnets have no route to the internet, and no registry is known that holds Cilium's images."),
    FARGATE(Severity.WARNING, "Pods on Fargate keep the VPC CNI alone and get no Cilium policy."),
    BARE_PODS(Severity.CONSENT, "A pod without a controller must be made anew by its owner to come under Cilium."),
    NO_ADDRESSES(
            Severity.BLOCKER,
            "Each pod is restarted once and needs an address before its old one is free again; a subnet has none to give."),
    NO_RELIEF(Severity.INFO, "Chaining frees no address and adds no pod slot: addresses still come from the VPC."),
    UNKNOWN(
            Severity.BLOCKER,
            "A part of the cluster that the assessment counts on could not be read. cnishift does not guess.");

    private final Severity severity;
    private final String explanation;

    Code(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    String id() {
        return "CHN-" + name().replace('_', '-');
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
