package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Takes who has an access entry what an access policy of EKS allows.
 *
 * @param policy its ARN
 */
public record DisassociateAccessPolicy(String principal, String policy) implements Act {

    public DisassociateAccessPolicy {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(policy);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "access policy " + policy + " of " + principal;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DisassociateAccessPolicy", "eks:ListAssociatedAccessPolicies");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "disassociate-access-policy")
                .with("--principal-arn", principal)
                .with("--policy-arn", policy)
                .toString();
    }
}
