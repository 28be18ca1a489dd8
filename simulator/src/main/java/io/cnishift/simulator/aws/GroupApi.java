package io.cnishift.simulator.aws;

import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.Kind;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Calls that change a group that exists. A managed one is UPDATING for a while after a change of its configuration and refuses
 * another meanwhile ({@code ResourceInUseException}).
 */
public final class GroupApi implements Behaviour {

    private static final Duration UPDATING = Duration.ofSeconds(12);

    @Override
    public String id() {
        return "group-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks UpdateNodegroupConfig, autoscaling UpdateAutoScalingGroup; domain.md 9.2, 9.5";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        acts.on(SetGroupSize.class, a -> before(cloud, a.group()), a -> resize(kernel, a));
        acts.on(
                SetAutoRepair.class,
                a -> before(cloud, a.group()),
                a -> configure(kernel, a.group(), g -> GroupEdit.of(g).autoRepair(a.enabled())));
        acts.on(
                SuspendProcesses.class,
                a -> before(cloud, a.group()),
                a -> with(cloud, a.group(), g -> suspend(cloud, g, a)));
        acts.on(
                ResumeProcesses.class,
                a -> before(cloud, a.group()),
                a -> with(cloud, a.group(), g -> resume(cloud, g, a)));
        acts.on(
                UseTemplateVersion.class,
                a -> before(cloud, a.group()),
                a -> with(cloud, a.group(), g -> use(cloud, g, a)));
        acts.on(TerminateInstance.class, a -> before(cloud, a.instance(), a.group()), a -> terminate(kernel, a));
        // those of a group go to Auto Scaling, which has no dry run
        acts.checked(TerminateInstance.class, a -> a.group().isEmpty() ? Optional.of(Acts.done()) : Optional.empty());
    }

    private static Map<String, Object> before(Cloud cloud, String group) {
        return cloud.group(group)
                .map(g -> Trees.of(
                        "minSize",
                        (long) g.minSize(),
                        "maxSize",
                        (long) g.maxSize(),
                        "desiredSize",
                        (long) g.desiredSize(),
                        "autoRepair",
                        g.autoRepair(),
                        "suspendedProcesses",
                        g.suspendedProcesses(),
                        "version",
                        g.launchTemplate()
                                .map(NodeGroup.LaunchTemplate::version)
                                .orElse(null)))
                .orElse(Map.of());
    }

    private static Map<String, Object> before(Cloud cloud, String instance, String group) {
        return cloud.instance(instance)
                .map(i -> Trees.of("id", i.id(), "state", i.state(), "group", before(cloud, group)))
                .orElse(Map.of());
    }

    private static ActResult resize(Kernel kernel, SetGroupSize act) {
        if (act.minSize() < 0 || act.desiredSize() < act.minSize() || act.desiredSize() > act.maxSize()) {
            return Acts.no(
                    Reason.INVALID,
                    "desired size " + act.desiredSize() + " of " + act.group() + " is not between minimum "
                            + act.minSize() + " and maximum " + act.maxSize());
        }
        Optional<NodeGroup> group = Cloud.of(kernel).group(act.group());
        if (group.filter(g -> g.kind() == Kind.MANAGED).isPresent() && act.maxSize() < 1) {
            return Acts.no(Reason.INVALID, "a managed node group has a maximum size of at least 1");
        }
        return configure(
                kernel, act.group(), g -> GroupEdit.of(g).size(act.minSize(), act.maxSize(), act.desiredSize()));
    }

    /** A change of configuration: of a managed group it takes a while, of another none. */
    private static ActResult configure(Kernel kernel, String name, Function<NodeGroup, GroupEdit> change) {
        Cloud cloud = Cloud.of(kernel);
        return with(cloud, name, group -> {
            if (group.kind() == Kind.KARPENTER) {
                return Acts.no(Reason.INVALID, name + " is a NodePool, which no AWS API knows");
            }
            if (group.kind() == Kind.SELF_MANAGED) {
                cloud.put(change.apply(group).build());
                return Acts.done();
            }
            if (!group.status().equals("ACTIVE") && !group.status().equals("DEGRADED")) {
                return Acts.no(Reason.BUSY, "ResourceInUseException: node group " + name + " is " + group.status());
            }
            cloud.put(change.apply(group).status("UPDATING").build());
            kernel.clock().after(UPDATING, () -> updated(cloud, name, group.status()));
            return Acts.done();
        });
    }

    private static void updated(Cloud cloud, String name, String status) {
        cloud.group(name)
                .filter(g -> g.status().equals("UPDATING"))
                .ifPresent(g -> cloud.put(GroupEdit.of(g).status(status).build()));
    }

    private static ActResult suspend(Cloud cloud, NodeGroup group, SuspendProcesses act) {
        TreeSet<String> suspended = new TreeSet<>(group.suspendedProcesses());
        suspended.addAll(act.processes());
        cloud.put(GroupEdit.of(group).suspended(suspended.stream().toList()).build());
        return Acts.done();
    }

    private static ActResult resume(Cloud cloud, NodeGroup group, ResumeProcesses act) {
        cloud.put(GroupEdit.of(group)
                .suspended(group.suspendedProcesses().stream()
                        .filter(p -> !act.processes().contains(p))
                        .toList())
                .build());
        return Acts.done();
    }

    private static ActResult use(Cloud cloud, NodeGroup group, UseTemplateVersion act) {
        Optional<TemplateVersion> version =
                cloud.view().get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, act.template() + ":" + act.version());
        if (version.isEmpty()) {
            return Acts.no(Reason.INVALID, "launch template " + act.template() + " has no version " + act.version());
        }
        if (group.kind() != Kind.SELF_MANAGED) {
            return Acts.no(Reason.INVALID, group.name() + " is not a self-managed Auto Scaling group");
        }
        cloud.put(TemplateApi.using(cloud, group, version.get()));
        return Acts.done();
    }

    private static ActResult terminate(Kernel kernel, TerminateInstance act) {
        Cloud cloud = Cloud.of(kernel);
        Optional<Instance> instance = cloud.instance(act.instance()).filter(Ec2.of(kernel)::staying);
        if (instance.isEmpty()) {
            return Acts.done();
        }
        if (act.group().isEmpty()) {
            Ec2.of(kernel).terminate(act.instance());
            return Acts.done();
        }
        if (!instance.get().nodeGroup().equals(Optional.of(act.group()))) {
            return Acts.no(Reason.INVALID, act.instance() + " is not an instance of " + act.group());
        }
        return with(cloud, act.group(), group -> {
            if (act.shrink() && group.desiredSize() - 1 < group.minSize()) {
                return Acts.no(
                        Reason.INVALID,
                        "ValidationError: terminating without replacement violates the minimum size " + group.minSize()
                                + " of " + group.name());
            }
            if (act.shrink()) {
                cloud.put(GroupEdit.of(group).desired(group.desiredSize() - 1).build());
            }
            Ec2.of(kernel).terminate(act.instance());
            return Acts.done();
        });
    }

    private static ActResult with(Cloud cloud, String name, Function<NodeGroup, ActResult> call) {
        return cloud.group(name)
                .map(call)
                .orElseGet(() -> Acts.no(Reason.GONE, "ResourceNotFoundException: no node group " + name));
    }
}
