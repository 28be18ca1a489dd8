package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Looks at one node group of either kind. */
final class GroupLook {

    private static final int LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private GroupLook() {}

    /** The group of that name: EKS is asked first, for what it does not know is an Auto Scaling group. */
    static Optional<GroupSource> find(Writing at, String name) {
        Optional<Nodegroup> managed = managed(at, name);
        if (managed.isEmpty()) {
            return scalingGroup(at, name).map(g -> new GroupSource(Optional.empty(), Optional.of(g)));
        }
        Optional<AutoScalingGroup> scaling = managed.map(Nodegroup::resources)
                .flatMap(r -> r.autoScalingGroups().stream().findFirst())
                .flatMap(g -> scalingGroup(at, g.name()));
        return Optional.of(new GroupSource(managed, scaling));
    }

    /** The managed group of that name. Names of Auto Scaling groups may be none that EKS would look for. */
    static Optional<Nodegroup> managed(Writing at, String name) {
        return managed(at, at.cluster(), name);
    }

    /** The same of any cluster. */
    static Optional<Nodegroup> managed(Writing at, String cluster, String name) {
        try {
            return Writing.found(() -> at.apis().eks().nodegroup(cluster, name));
        } catch (CallFailure failure) {
            if (Writing.code(failure).equals("InvalidParameterException")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    static Optional<AutoScalingGroup> scalingGroup(Writing at, String name) {
        return at.apis().scaling().groups(List.of(name)).stream().findFirst();
    }

    /** What comes of a call on a group, if it is there. */
    static ActResult with(Writing at, String name, Function<GroupSource, ActResult> call) {
        return find(at, name)
                .map(call)
                .orElseGet(() -> ActResults.no(Reason.GONE, "ResourceNotFoundException: no node group " + name));
    }

    /** The settings that acts change. */
    static Map<String, Object> settings(Writing at, String name) {
        return find(at, name).map(g -> settings(at, g)).orElse(Map.of());
    }

    private static Map<String, Object> settings(Writing at, GroupSource group) {
        Sizes sizes = Sizes.of(group);
        return ActResults.tree(
                "minSize",
                sizes.min(),
                "maxSize",
                sizes.max(),
                "desiredSize",
                sizes.desired(),
                "autoRepair",
                group.managed().map(NodeGroupRecords::repairsItself).orElse(false),
                "suspendedProcesses",
                NodeGroupRecords.suspended(group),
                "version",
                group.ownTemplate().flatMap(t -> number(at, t)).orElse(null));
    }

    /** What is said of a group that is made or deleted. */
    static Map<String, Object> outline(Writing at, String name) {
        return find(at, name)
                .map(g -> {
                    Sizes sizes = Sizes.of(g);
                    return ActResults.tree(
                            "name",
                            name,
                            "status",
                            g.status(),
                            "minSize",
                            sizes.min(),
                            "maxSize",
                            sizes.max(),
                            "desiredSize",
                            sizes.desired());
                })
                .orElse(Map.of());
    }

    /** The number behind a version that may be $Default or $Latest. */
    static Optional<Long> number(Writing at, GroupSource.TemplateRef template) {
        return template.version().startsWith("$")
                ? version(at, template.id(), template.version()).map(LaunchTemplateVersion::versionNumber)
                : Optional.of(Long.valueOf(template.version()));
    }

    /** That version of a launch template, which may have been made a moment ago: EC2 shows it some seconds later. */
    static Optional<LaunchTemplateVersion> fresh(Writing at, String template, String version) {
        Optional<LaunchTemplateVersion> found = version(at, template, version);
        for (int looks = 1; looks < LOOKS && found.isEmpty(); looks++) {
            at.calls().pause(BETWEEN_LOOKS);
            found = version(at, template, version);
        }
        return found;
    }

    /** That version of a launch template. */
    static Optional<LaunchTemplateVersion> version(Writing at, String template, String version) {
        return Writing.found(() -> at.apis().ec2().templateVersion(template, version))
                .flatMap(found -> found.stream().findFirst());
    }
}
