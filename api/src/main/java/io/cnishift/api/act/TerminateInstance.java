package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Terminates one instance of a group.
 *
 * @param group the group whose Auto Scaling group has the instance; empty when none has it, as with Karpenter's
 * @param shrink whether the wanted size of the group goes down with it; otherwise a replacement is launched
 */
public record TerminateInstance(String instance, String group, boolean shrink) implements Act {

    public TerminateInstance {
        Objects.requireNonNull(instance);
        Objects.requireNonNull(group);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "instance " + instance;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("autoscaling:TerminateInstanceInAutoScalingGroup", "ec2:TerminateInstances");
    }

    @Override
    public String command(Surroundings at) {
        if (group.isEmpty()) {
            return AwsCommand.of(at, "ec2", "terminate-instances")
                    .with("--instance-ids", instance)
                    .toString();
        }
        return AwsCommand.of(at, "autoscaling", "terminate-instance-in-auto-scaling-group")
                .with("--instance-id", instance)
                .flag(shrink ? "--should-decrement-desired-capacity" : "--no-should-decrement-desired-capacity")
                .toString();
    }
}
