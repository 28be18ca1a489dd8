package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deletes the target group of that name; refused while a listener forwards to it, and for {@code EXISTS} where it is somebody else's.
 *
 * @param tags by which it is known as made here
 */
public record DeleteTargetGroup(String name, Map<String, String> tags) implements Act {

    public DeleteTargetGroup {
        Objects.requireNonNull(name);
        tags = Map.copyOf(tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "target group " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of(
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTags");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "elbv2", "delete-target-group")
                .raw(
                        "--target-group-arn",
                        Shell.output(AwsCommand.of(at, "elbv2", "describe-target-groups")
                                .with("--names", name)
                                .text("TargetGroups[0].TargetGroupArn")
                                .toString()))
                .toString();
    }
}
