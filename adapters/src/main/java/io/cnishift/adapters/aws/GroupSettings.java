package io.cnishift.adapters.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

/** Changes of a group that exists. A managed one that is what the act wants is left: EKS refuses a change of nothing. */
final class GroupSettings {

    private static final String SCALING = "autoscaling";
    private static final Set<String> UNDER_WAY = Set.of("CREATING", "UPDATING", "DELETING");

    private GroupSettings() {}

    static void in(ActBook book) {
        book.on(SetGroupSize.class, (at, a) -> GroupLook.settings(at, a.group()), GroupSettings::resize);
        book.on(SetAutoRepair.class, (at, a) -> GroupLook.settings(at, a.group()), GroupSettings::repair);
        book.on(
                SuspendProcesses.class,
                (at, a) -> GroupLook.settings(at, a.group()),
                (at, a) -> scaling(at, a.group(), g -> suspend(at, g, a.processes())));
        book.on(
                ResumeProcesses.class,
                (at, a) -> GroupLook.settings(at, a.group()),
                (at, a) -> scaling(at, a.group(), g -> resume(at, g, a.processes())));
        book.on(UseTemplateVersion.class, (at, a) -> GroupLook.settings(at, a.group()), GroupSettings::use);
    }

    private static ActResult resize(Writing at, SetGroupSize act) {
        Sizes sizes = new Sizes(act.minSize(), act.maxSize(), act.desiredSize());
        return sizes.refusal(act.group())
                .orElseGet(() -> GroupLook.with(at, act.group(), group -> {
                    if (group.managed().isEmpty()) {
                        return update(
                                at,
                                group.scaling().orElseThrow(),
                                r -> r.minSize(sizes.min()).maxSize(sizes.max()).desiredCapacity(sizes.desired()));
                    }
                    if (act.maxSize() < 1) {
                        return ActResults.no(Reason.INVALID, "a managed node group has a maximum size of at least 1");
                    }
                    return Sizes.of(group).equals(sizes)
                            ? ActResults.done()
                            : configure(at, act, group.managed().get(), r -> r.scalingConfig(sizes.config()));
                }));
    }

    private static ActResult repair(Writing at, SetAutoRepair act) {
        return GroupLook.with(at, act.group(), group -> {
            if (group.managed().isEmpty()) {
                return ActResults.no(
                        Reason.INVALID, act.group() + " is no managed node group, and only those repair their nodes");
            }
            Nodegroup managed = group.managed().get();
            return NodeGroupRecords.repairsItself(managed) == act.enabled()
                    ? ActResults.done()
                    : configure(at, act, managed, r -> r.nodeRepairConfig(n -> n.enabled(act.enabled())));
        });
    }

    /** Asks EKS for one change; it makes one at a time. */
    private static ActResult configure(
            Writing at, Act act, Nodegroup group, Consumer<UpdateNodegroupConfigRequest.Builder> change) {
        if (UNDER_WAY.contains(ClusterRecords.text(group.statusAsString()))) {
            return ActResults.no(
                    Reason.BUSY,
                    "ResourceInUseException: node group " + group.nodegroupName() + " is " + group.statusAsString());
        }
        UpdateNodegroupConfigRequest request = UpdateNodegroupConfigRequest.builder()
                .clusterName(at.cluster())
                .nodegroupName(group.nodegroupName())
                .clientRequestToken(at.tokens().changing(act))
                .applyMutation(change)
                .build();
        at.calls()
                .write("eks", "UpdateNodegroupConfig", () -> at.clients().eks().updateNodegroupConfig(request));
        return ActResults.done();
    }

    private static ActResult update(
            Writing at, AutoScalingGroup group, Consumer<UpdateAutoScalingGroupRequest.Builder> change) {
        UpdateAutoScalingGroupRequest request = UpdateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(group.autoScalingGroupName())
                .applyMutation(change)
                .build();
        at.calls()
                .write(
                        SCALING,
                        "UpdateAutoScalingGroup",
                        () -> at.clients().autoScaling().updateAutoScalingGroup(request));
        return ActResults.done();
    }

    private static ActResult scaling(Writing at, String name, Function<AutoScalingGroup, ActResult> call) {
        return GroupLook.with(
                at,
                name,
                group -> group.scaling()
                        .map(call)
                        .orElseGet(() ->
                                ActResults.no(Reason.BUSY, "node group " + name + " has no Auto Scaling group yet")));
    }

    /** An empty list of processes means all of them to Auto Scaling, and none here. */
    private static ActResult suspend(Writing at, AutoScalingGroup group, List<String> processes) {
        if (!processes.isEmpty()) {
            at.calls()
                    .write(
                            SCALING,
                            "SuspendProcesses",
                            () -> at.clients()
                                    .autoScaling()
                                    .suspendProcesses(r -> r.autoScalingGroupName(group.autoScalingGroupName())
                                            .scalingProcesses(processes)));
        }
        return ActResults.done();
    }

    private static ActResult resume(Writing at, AutoScalingGroup group, List<String> processes) {
        if (!processes.isEmpty()) {
            at.calls()
                    .write(
                            SCALING,
                            "ResumeProcesses",
                            () -> at.clients()
                                    .autoScaling()
                                    .resumeProcesses(r -> r.autoScalingGroupName(group.autoScalingGroupName())
                                            .scalingProcesses(processes)));
        }
        return ActResults.done();
    }

    private static ActResult use(Writing at, UseTemplateVersion act) {
        if (GroupLook.fresh(at, act.template(), String.valueOf(act.version())).isEmpty()) {
            return ActResults.no(
                    Reason.INVALID, "launch template " + act.template() + " has no version " + act.version());
        }
        return GroupLook.with(at, act.group(), group -> {
            if (group.managed().isPresent()) {
                return ActResults.no(Reason.INVALID, act.group() + " is not a self-managed Auto Scaling group");
            }
            AutoScalingGroup scaling = group.scaling().orElseThrow();
            TemplateUse use = new TemplateUse(act.template(), act.version());
            return scaling.mixedInstancesPolicy() == null
                    ? update(at, scaling, r -> r.launchTemplate(use.specification()))
                    : update(at, scaling, r -> r.mixedInstancesPolicy(use.in(scaling.mixedInstancesPolicy())));
        });
    }
}
