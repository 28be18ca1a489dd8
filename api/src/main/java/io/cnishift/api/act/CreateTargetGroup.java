package io.cnishift.api.act;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a target group like another one of the same VPC: protocol, health check and attributes are those. By its name it is found again;
 * one of that name that does not carry these tags is somebody else's, and the act is refused. What it produces has the {@code arn}.
 *
 * @param name at most 32 letters, digits and dashes
 * @param like ARN of the group that it is made after
 * @param targetType instance or ip
 * @param tags by which it is known as made here
 */
public record CreateTargetGroup(String name, String like, String targetType, Map<String, String> tags) implements Act {

    private static final String NAME = "[0-9A-Za-z]([0-9A-Za-z-]{0,30}[0-9A-Za-z])?";

    public CreateTargetGroup {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("no name of a target group: " + name);
        }
        Objects.requireNonNull(like);
        Objects.requireNonNull(targetType);
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
                "elasticloadbalancing:CreateTargetGroup",
                "elasticloadbalancing:AddTags",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                "elasticloadbalancing:DescribeTags");
    }

    @Override
    public String command(Surroundings at) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("Name", name);
        own.put("TargetType", targetType);
        own.put("Tags", AwsCommand.tags(tags));
        String group = AwsCommand.of(at, "elbv2", "describe-target-groups")
                .with("--target-group-arns", like)
                .with("--output", "json")
                .toString();
        String attributes = AwsCommand.of(at, "elbv2", "describe-target-group-attributes")
                .with("--target-group-arn", like)
                .with("--query", "Attributes")
                .with("--output", "json")
                .toString();
        String program = ".TargetGroups[0] | del(.TargetGroupArn, .TargetGroupName, .LoadBalancerArns) + $own";
        String make = AwsCommand.of(at, "elbv2", "create-target-group")
                .raw(
                        "--cli-input-json",
                        Shell.output(group + " | jq -c --argjson own " + Json.word(own) + " " + Shell.quoted(program)))
                .text("TargetGroups[0].TargetGroupArn")
                .toString();
        return AwsCommand.of(at, "elbv2", "modify-target-group-attributes")
                .raw("--target-group-arn", Shell.output(make))
                .raw("--attributes", Shell.output(attributes))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteTargetGroup(name, tags)) : Optional.empty();
    }
}
