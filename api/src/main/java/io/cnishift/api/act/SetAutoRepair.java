package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Switches node auto repair of a managed group.
 */
public record SetAutoRepair(String group, boolean enabled) implements Act {

    public SetAutoRepair {
        Objects.requireNonNull(group);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "auto repair of " + group;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:UpdateNodegroupConfig");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "update-nodegroup-config")
                .with("--nodegroup-name", group)
                .with("--node-repair-config", "enabled=" + enabled)
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new SetAutoRepair(group, Tree.flag(before, "autoRepair")));
    }
}
