package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Lets IAM know the issuer of a cluster's service account tokens, so that roles can trust it. */
public record CreateOidcProvider(String cluster, Map<String, String> tags) implements Act {

    public CreateOidcProvider {
        Objects.requireNonNull(cluster);
        tags = Map.copyOf(tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "OIDC provider of cluster " + cluster;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of(
                "iam:CreateOpenIDConnectProvider",
                "iam:GetOpenIDConnectProvider",
                "iam:TagOpenIDConnectProvider",
                "eks:DescribeCluster");
    }

    @Override
    public String command(Surroundings at) {
        String issuer = Shell.output(AwsCommand.of(at, "eks", "describe-cluster")
                .with("--name", cluster)
                .text("cluster.identity.oidc.issuer")
                .toString());
        AwsCommand command = AwsCommand.of(at, "iam", "create-open-id-connect-provider")
                .raw("--url", issuer)
                .with("--client-id-list", "sts.amazonaws.com");
        return (tags.isEmpty() ? command : command.json("--tags", AwsCommand.tags(tags))).toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteOidcProvider(cluster)) : Optional.empty();
    }
}
