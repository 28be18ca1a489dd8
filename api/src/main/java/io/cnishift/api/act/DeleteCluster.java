package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/** Deletes an EKS cluster, which has no node group left. */
public record DeleteCluster(String name) implements Act {

    public DeleteCluster {
        Objects.requireNonNull(name);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "cluster " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DeleteCluster", "eks:DescribeCluster");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "eks", "delete-cluster").with("--name", name).toString();
    }
}
