package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sets minimum, maximum and desired size of a node group of either kind.
 *
 * @param group name of the node group
 * @param desiredSize wanted size; lowering it lets AWS choose the victims, so only raise it or set 0
 */
public record SetGroupSize(String group, int minSize, int maxSize, int desiredSize) implements Act {

    public SetGroupSize {
        Objects.requireNonNull(group);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "size of " + group;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:UpdateNodegroupConfig", "autoscaling:UpdateAutoScalingGroup");
    }

    @Override
    public String command(Surroundings at) {
        if (at.managed(group)) {
            return AwsCommand.eks(at, "update-nodegroup-config")
                    .with("--nodegroup-name", group)
                    .with(
                            "--scaling-config",
                            "minSize=" + minSize + ",maxSize=" + maxSize + ",desiredSize=" + desiredSize)
                    .toString();
        }
        return AwsCommand.of(at, "autoscaling", "update-auto-scaling-group")
                .raw("--auto-scaling-group-name", at.scalingGroup(group))
                .with("--min-size", minSize)
                .with("--max-size", maxSize)
                .with("--desired-capacity", desiredSize)
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new SetGroupSize(
                group,
                (int) Tree.number(before, minSize, "minSize"),
                (int) Tree.number(before, maxSize, "maxSize"),
                (int) Tree.number(before, desiredSize, "desiredSize")));
    }
}
