package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/** Deletes a Fargate profile, with the pods that it runs. EKS deletes one of a cluster at a time. */
public record DeleteFargateProfile(String name) implements Act {

    public DeleteFargateProfile {
        Objects.requireNonNull(name);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "Fargate profile " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DeleteFargateProfile", "eks:ListFargateProfiles");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "delete-fargate-profile")
                .with("--fargate-profile-name", name)
                .toString();
    }
}
