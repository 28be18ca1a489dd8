package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts targets into a target group.
 */
public record RegisterTargets(String targetGroup, List<String> targets) implements Act {

    public RegisterTargets {
        Objects.requireNonNull(targetGroup);
        targets = List.copyOf(targets);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "target group " + targetGroup;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("elasticloadbalancing:RegisterTargets");
    }

    @Override
    public String command() {
        return "aws elbv2 register-targets --target-group-arn " + targetGroup + " --targets "
                + String.join(" ", targets.stream().map(t -> "Id=" + t).toList());
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeregisterTargets(targetGroup, targets));
    }
}
