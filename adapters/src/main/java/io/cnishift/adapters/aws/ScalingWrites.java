package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;

/** Making and deleting Auto Scaling groups that no EKS node group stands before. */
final class ScalingWrites {

    private static final String SCALING = "autoscaling";

    private ScalingWrites() {}

    static void in(ActBook book) {
        book.on(CreateAutoScalingGroup.class, (at, a) -> GroupLook.outline(at, a.name()), ScalingWrites::create);
        book.on(
                DeleteAutoScalingGroup.class,
                (at, a) -> GroupLook.outline(at, a.name()),
                (at, a) -> delete(at, a.name()));
    }

    private static ActResult create(Writing at, CreateAutoScalingGroup act) {
        if (GroupLook.scalingGroup(at, act.name()).isPresent()) {
            return ActResults.no(Reason.EXISTS, "a group " + act.name() + " exists already");
        }
        Optional<GroupSource> like = GroupLook.find(at, act.like());
        Optional<AutoScalingGroup> scaling = like.flatMap(GroupSource::scaling);
        if (scaling.isEmpty()) {
            return ActResults.no(Reason.INVALID, "there is no such group to copy as " + act.like());
        }
        Sizes sizes = new Sizes(act.minSize(), act.maxSize(), act.desiredSize());
        Optional<ActResult> refusal = sizes.refusal(act.name());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<TemplateUse> template =
                like.flatMap(GroupSource::launchingTemplate).map(t -> new TemplateUse(t.id(), act.templateVersion()));
        if (template.flatMap(t -> GroupLook.fresh(at, t.template(), String.valueOf(t.version())))
                .isEmpty()) {
            return ActResults.no(
                    Reason.INVALID,
                    "the launch template of " + act.like() + " has no version " + act.templateVersion());
        }
        List<LifecycleHook> hooks = hooks(at, scaling.get().autoScalingGroupName());
        CreateAutoScalingGroupRequest request = ScalingCopy.of(scaling.get(), template.get(), act.tags())
                .autoScalingGroupName(act.name())
                .minSize(sizes.min())
                .maxSize(sizes.max())
                .desiredCapacity(sizes.desired())
                .vpcZoneIdentifier(String.join(",", act.subnets()))
                .lifecycleHookSpecificationList(
                        hooks.stream().map(ScalingWrites::specification).toList())
                .build();
        return send(at, act, request);
    }

    private static ActResult send(Writing at, CreateAutoScalingGroup act, CreateAutoScalingGroupRequest request) {
        try {
            at.calls()
                    .write(
                            SCALING,
                            "CreateAutoScalingGroup",
                            () -> at.clients().autoScaling().createAutoScalingGroup(request));
            return ActResults.done("name", act.name());
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) == Reason.EXISTS && at.calls().inDoubt() && ours(at, act)) {
                return ActResults.done("name", act.name());
            }
            throw failure;
        }
    }

    /** Whether the group is of the request before this one, whose answer was lost. */
    private static boolean ours(Writing at, CreateAutoScalingGroup act) {
        return !act.tags().isEmpty()
                && GroupLook.scalingGroup(at, act.name())
                        .map(g -> Tags.ofGroup(g.tags()))
                        .map(Map::entrySet)
                        .filter(tags -> tags.containsAll(act.tags().entrySet()))
                        .isPresent();
    }

    private static List<LifecycleHook> hooks(Writing at, String group) {
        return at.calls()
                .call(
                        Operation.aws(SCALING, "DescribeLifecycleHooks"),
                        () -> at.clients()
                                .autoScaling()
                                .describeLifecycleHooks(r -> r.autoScalingGroupName(group))
                                .lifecycleHooks());
    }

    private static LifecycleHookSpecification specification(LifecycleHook hook) {
        return LifecycleHookSpecification.builder()
                .lifecycleHookName(hook.lifecycleHookName())
                .lifecycleTransition(hook.lifecycleTransition())
                .notificationMetadata(hook.notificationMetadata())
                .heartbeatTimeout(hook.heartbeatTimeout())
                .defaultResult(hook.defaultResult())
                .notificationTargetARN(hook.notificationTargetARN())
                .roleARN(hook.roleARN())
                .build();
    }

    private static ActResult delete(Writing at, String name) {
        Optional<AutoScalingGroup> group = GroupLook.scalingGroup(at, name);
        if (group.isEmpty() || ClusterRecords.text(group.get().status()).startsWith("Delete in progress")) {
            return ActResults.done();
        }
        DeleteAutoScalingGroupRequest request = DeleteAutoScalingGroupRequest.builder()
                .autoScalingGroupName(name)
                .forceDelete(true)
                .build();
        try {
            at.calls()
                    .write(
                            SCALING,
                            "DeleteAutoScalingGroup",
                            () -> at.clients().autoScaling().deleteAutoScalingGroup(request));
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.GONE) {
                throw failure;
            }
        }
        return ActResults.done();
    }
}
