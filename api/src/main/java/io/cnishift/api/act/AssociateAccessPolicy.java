package io.cnishift.api.act;

import io.cnishift.api.cluster.AccessEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Gives who has an access entry what an access policy of EKS allows, in the whole cluster or in namespaces. */
public record AssociateAccessPolicy(String principal, AccessEntry.Policy policy) implements Act {

    public AssociateAccessPolicy {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(policy);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "access policy " + policy.arn() + " of " + principal;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:AssociateAccessPolicy", "eks:ListAssociatedAccessPolicies");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "associate-access-policy")
                .with("--principal-arn", principal)
                .with("--policy-arn", policy.arn())
                .json("--access-scope", new TreeMap<>(scope()))
                .toString();
    }

    private Map<String, Object> scope() {
        return policy.namespaces().isEmpty()
                ? Map.of("type", "cluster")
                : Map.of("type", "namespace", "namespaces", policy.namespaces());
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DisassociateAccessPolicy(principal, policy.arn())) : Optional.empty();
    }
}
