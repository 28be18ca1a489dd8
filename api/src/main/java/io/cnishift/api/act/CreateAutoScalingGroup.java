package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes an Auto Scaling group like another one, from a launch template version.
 *
 * @param like name of the node group it copies
 */
public record CreateAutoScalingGroup(
        String name,
        String like,
        long templateVersion,
        int minSize,
        int maxSize,
        int desiredSize,
        List<String> subnets,
        Map<String, String> tags)
        implements Act {

    public CreateAutoScalingGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(like);
        subnets = List.copyOf(subnets);
        tags = Map.copyOf(tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "Auto Scaling group " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of(
                "autoscaling:CreateAutoScalingGroup",
                "autoscaling:CreateOrUpdateTags",
                "autoscaling:DescribeLifecycleHooks",
                "ec2:RunInstances",
                "iam:PassRole");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "autoscaling", "create-auto-scaling-group")
                .raw("--cli-input-json", GroupCopy.of(this, at))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeleteAutoScalingGroup(name));
    }
}
