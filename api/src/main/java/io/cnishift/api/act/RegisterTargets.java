package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
    public String command(Surroundings at) {
        return AwsCommand.of(at, "elbv2", "register-targets")
                .with("--target-group-arn", targetGroup)
                .raw(
                        "--targets",
                        targets.stream().map(t -> Shell.word("Id=" + t)).collect(Collectors.joining(" ")))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeregisterTargets(targetGroup, targets));
    }
}
