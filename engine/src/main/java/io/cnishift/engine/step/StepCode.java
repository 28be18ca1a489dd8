package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Codes of what stops a step, or what it could not restore. */
enum StepCode {
    FIELD_CHANGED(
            Severity.WARNING,
            "A field that cnishift wrote was changed by somebody else since, so the way back leaves it. The finding names"
                    + " the value before, the value written and the value now; restore it by hand if you want it back."),
    CRASH_LOOP(
            Severity.BLOCKER,
            "A pod that the step waits for starts again and again. Its log says why; the step goes on once it is ready."),
    UNSCHEDULABLE(
            Severity.BLOCKER,
            "A pod that the step waits for has found no node for ten minutes. Its events say why; make room for it."),
    PROBE_FAILED(Severity.BLOCKER, "A probe that the step demands did not pass in the time allowed."),
    PROBE_UNKNOWN(Severity.BLOCKER, "The plan names a probe that neither cnishift nor a strategy provides."),
    ADDON_UNHEALTHY(
            Severity.BLOCKER,
            "An EKS add-on is in a state from which EKS does not recover by itself; its issues say why."),
    ADDRESSES_NOT_FREED(
            Severity.BLOCKER,
            "The subnets did not get the free addresses that the next steps need. Pods may have come in the meantime; free"
                    + " addresses or lower the surge."),
    TARGETS_UNHEALTHY(
            Severity.BLOCKER,
            "Targets of a load balancer did not become healthy, so traffic was not moved to them. The health check, the"
                    + " security group of the nodes and the readiness of the pods are the usual causes."),
    NO_NODE_PORT(
            Severity.BLOCKER,
            "Instance targets need node ports, and the Service does not allocate them (allocateLoadBalancerNodePorts)."),
    HOST_PORT_DEADLOCK(
            Severity.BLOCKER,
            "A rolling update on the host network cannot go on: the new pod needs a host port on a node, and every node"
                    + " that it may run on has a pod with that port."),
    NOT_PARKABLE(Severity.BLOCKER, "cnishift cannot hold the size of this group; its owner has to."),
    SYNC_RETURNS(
            Severity.BLOCKER,
            "The automated sync of an Application of Argo CD was switched off and is on again and again. Something writes the"
                    + " Application: an ApplicationSet or a parent Application that does not ignore spec.syncPolicy."),
    NODE_UNLABELLED(
            Severity.BLOCKER,
            "A node that runs aws-node lacks the label that the fence selects. The fence would take the CNI from it, so it"
                    + " is not set. Label the node, or add its group to the step that labels."),
    FENCE_LOST_NODES(
            Severity.BLOCKER,
            "After the node selector was set, the DaemonSet aws-node wanted fewer nodes than carry the label. The selector"
                    + " was taken away again. Look at the affinity of aws-node and at the labels of the nodes."),
    RELEASE_STUCK(
            Severity.BLOCKER,
            "A Helm release has been pending for a long time, most likely since a helm process died. Bring it to a settled"
                    + " state with helm rollback, then resume."),
    RELEASE_IN_USE(
            Severity.BLOCKER,
            "Pods are still wired by the CNI that the release brings, so it is not removed: they would lose their network."),
    GROUP_FAILED(Severity.BLOCKER, "A node group is in a state that it does not leave by itself; its issues say why."),
    GROUP_EXISTS(Severity.BLOCKER, "A node group of the name to be made exists and was not made by this migration."),
    GROUP_IN_USE(Severity.BLOCKER, "A node group still has instances, so it is not deleted."),
    GROUP_NOT_RESTORABLE(
            Severity.BLOCKER,
            "A deleted node group cannot be made again from what was recorded; its owner has to make it."),
    CNI_STILL_NEEDED(
            Severity.BLOCKER,
            "Nodes still need the CNI that is to be removed: they lack the label of the new one, or its DaemonSet still"
                    + " wants them."),
    SAME_GROUP_MANAGED(
            Severity.BLOCKER,
            "Nodes of a managed node group cannot be replaced within the group with another template. Plan a new group."),
    TEMPLATE_UNKNOWN(Severity.BLOCKER, "The launch template version that new nodes should start from was not found."),
    MAX_PODS(
            Severity.BLOCKER,
            "A new node admits another number of pods than planned, so the roll stops before workloads move. Who decides"
                    + " the number (launch template, EKS, NodeClass) is in the plan."),
    POD_ADDRESS(
            Severity.BLOCKER,
            "A pod on a new node has an address outside of the pod range: another CNI than the planned one wires pods there."
                    + " No further node is drained."),
    NOT_JOINING(Severity.BLOCKER, "A new instance has not become a ready node in the time that a node takes to boot."),
    NODE_FAILED(
            Severity.BLOCKER,
            "A new node that took pods before is cordoned, or not ready any more, and does not go by itself either. It counts for"
                    + " nothing, so the roll waits for another."),
    NO_CAPACITY(
            Severity.BLOCKER,
            "The group was asked for more nodes and did not get them. Its issues name the cause, most often no address left"
                    + " in a subnet or no capacity for the instance type."),
    PATH_BROKEN(
            Severity.BLOCKER,
            "The first new node of a zone cannot reach, or be reached from, what pods on it need. Nothing was drained for it."),
    UNDRAINABLE(
            Severity.BLOCKER,
            "A node keeps a pod that may not be moved, and the plan does not let the node stay. The finding names the pod,"
                    + " what holds it and the way out."),
    SUBNET_EXISTS(
            Severity.BLOCKER,
            "The VPC has a subnet of the block that the step was to make one of, and it was not made by this migration."),
    SUBNET_IN_USE(
            Severity.BLOCKER,
            "Network interfaces are left in a subnet that the way back has to empty or delete. Nodes keep the interfaces that they"
                    + " have: where the VPC CNI does not give them back, the nodes have to be replaced."),
    DOUBLE_BUDGET(
            Severity.BLOCKER,
            "More than one PodDisruptionBudget selects a pod. The eviction API refuses such a pod for ever; leave one of the"
                    + " budgets.");

    private final Severity severity;
    private final String explanation;

    StepCode(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    String id() {
        return "STEP-" + name().replace('_', '-');
    }

    Finding of(String subject, String message, String remedy) {
        return Finding.of(id(), severity, subject, message, remedy, "cnishift explain " + id());
    }

    static Map<String, String> explained() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(StepCode::id, c -> c.explanation, (a, b) -> a, TreeMap::new));
    }
}
