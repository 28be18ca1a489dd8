package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Points a self-managed group at a version of its launch template; running nodes keep theirs.
 */
public record UseTemplateVersion(String group, String template, long version) implements Act {

    public UseTemplateVersion {
        Objects.requireNonNull(group);
        Objects.requireNonNull(template);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "template of " + group;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("autoscaling:UpdateAutoScalingGroup", "ec2:RunInstances");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "autoscaling", "update-auto-scaling-group")
                .raw("--auto-scaling-group-name", at.scalingGroup(group))
                .raw(
                        "--launch-template",
                        "LaunchTemplateId=" + Shell.word(template) + ",Version=" + at.version(template, version))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new UseTemplateVersion(group, template, Tree.number(before, version, "version")));
    }
}
