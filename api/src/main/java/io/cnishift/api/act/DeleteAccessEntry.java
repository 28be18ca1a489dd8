package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/** Takes an IAM role or user the access that its entry and the policies of that give it. */
public record DeleteAccessEntry(String principal) implements Act {

    public DeleteAccessEntry {
        Objects.requireNonNull(principal);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "access entry of " + principal;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DeleteAccessEntry", "eks:DescribeAccessEntry");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "delete-access-entry")
                .with("--principal-arn", principal)
                .toString();
    }
}
