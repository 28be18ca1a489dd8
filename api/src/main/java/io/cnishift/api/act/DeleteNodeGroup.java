package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Deletes a managed node group with its nodes.
 */
public record DeleteNodeGroup(String name) implements Act {

    public DeleteNodeGroup {
        Objects.requireNonNull(name);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "node group " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DeleteNodegroup");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "delete-nodegroup")
                .with("--nodegroup-name", name)
                .toString();
    }
}
