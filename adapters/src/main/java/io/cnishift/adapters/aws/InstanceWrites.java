package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * Ends instances. Of a group it is asked once and no more: asked twice, the group might shrink twice. So the instance and its
 * place in the group are looked at first.
 */
final class InstanceWrites {

    private static final Set<String> ENDING = Set.of("shutting-down", "terminated");

    private InstanceWrites() {}

    static void in(ActBook book) {
        book.on(TerminateInstance.class, InstanceWrites::before, InstanceWrites::terminate);
        book.trial(TerminateInstance.class, InstanceWrites::trial);
    }

    private static Optional<Instance> find(Writing at, String id) {
        return at.apis().ec2().instances(List.of(id)).stream().findFirst();
    }

    private static String state(Instance instance) {
        return instance.state() == null
                ? ""
                : ClusterRecords.text(instance.state().nameAsString());
    }

    private static Map<String, Object> before(Writing at, TerminateInstance act) {
        return find(at, act.instance())
                .map(i -> ActResults.tree(
                        "id",
                        i.instanceId(),
                        "state",
                        state(i),
                        "group",
                        act.group().isEmpty() ? Map.of() : GroupLook.settings(at, act.group())))
                .orElse(Map.of());
    }

    private static ActResult terminate(Writing at, TerminateInstance act) {
        if (find(at, act.instance()).filter(i -> !ENDING.contains(state(i))).isEmpty()) {
            return ActResults.done();
        }
        if (act.group().isEmpty()) {
            alone(at, act, false);
            return ActResults.done();
        }
        return GroupLook.with(
                at,
                act.group(),
                group -> group.scaling()
                        .map(scaling -> inGroup(at, act, scaling))
                        .orElseGet(() -> stranger(act)));
    }

    private static ActResult inGroup(Writing at, TerminateInstance act, AutoScalingGroup group) {
        Optional<String> stage = group.instances().stream()
                .filter(i -> i.instanceId().equals(act.instance()))
                .map(i -> ClusterRecords.text(i.lifecycleStateAsString()))
                .findFirst();
        if (stage.isEmpty()) {
            return stranger(act);
        }
        if (stage.get().startsWith("Terminat")) {
            return ActResults.done();
        }
        if (act.shrink() && group.desiredCapacity() - 1 < group.minSize()) {
            return ActResults.no(
                    Reason.INVALID,
                    "ValidationError: terminating without replacement violates the minimum size " + group.minSize()
                            + " of " + act.group());
        }
        TerminateInstanceInAutoScalingGroupRequest request = TerminateInstanceInAutoScalingGroupRequest.builder()
                .instanceId(act.instance())
                .shouldDecrementDesiredCapacity(act.shrink())
                .build();
        try {
            at.calls()
                    .once(
                            "autoscaling",
                            "TerminateInstanceInAutoScalingGroup",
                            () -> at.clients().autoScaling().terminateInstanceInAutoScalingGroup(request));
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.GONE) {
                throw failure;
            }
        }
        return ActResults.done();
    }

    private static ActResult stranger(TerminateInstance act) {
        return ActResults.no(Reason.INVALID, act.instance() + " is not an instance of " + act.group());
    }

    private static void alone(Writing at, TerminateInstance act, boolean dryRun) {
        TerminateInstancesRequest request = TerminateInstancesRequest.builder()
                .instanceIds(act.instance())
                .dryRun(dryRun)
                .build();
        Writing.found(() -> at.calls()
                .write("ec2", "TerminateInstances", () -> at.clients().ec2().terminateInstances(request)));
    }

    /** Auto Scaling has no dry run. */
    private static Optional<ActResult> trial(Writing at, TerminateInstance act) {
        if (!act.group().isEmpty()) {
            return Optional.empty();
        }
        alone(at, act, true);
        return Optional.of(ActResults.done());
    }
}
