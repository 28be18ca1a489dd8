package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Deletes an Auto Scaling group with its instances.
 */
public record DeleteAutoScalingGroup(String name) implements Act {

    public DeleteAutoScalingGroup {
        Objects.requireNonNull(name);
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
        return List.of("autoscaling:DeleteAutoScalingGroup");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "autoscaling", "delete-auto-scaling-group")
                .raw("--auto-scaling-group-name", at.scalingGroup(name))
                .flag("--force-delete")
                .toString();
    }
}
