package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/** Lets IAM forget the issuer of a cluster's service account tokens. While the cluster is there, for it tells who its issuer is. */
public record DeleteOidcProvider(String cluster) implements Act {

    public DeleteOidcProvider {
        Objects.requireNonNull(cluster);
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
        return List.of("iam:DeleteOpenIDConnectProvider", "iam:GetOpenIDConnectProvider", "eks:DescribeCluster");
    }

    @Override
    public String command(Surroundings at) {
        String issuer = AwsCommand.of(at, "eks", "describe-cluster")
                .with("--name", cluster)
                .text("cluster.identity.oidc.issuer")
                .toString();
        String providers = AwsCommand.of(at, "iam", "list-open-id-connect-providers")
                .text("OpenIDConnectProviderList[].Arn")
                .toString();
        String arn =
                Shell.output(providers + " | tr '\\t' '\\n' | grep -F \"$(" + issuer + " | sed 's,^https://,,')\"");
        return AwsCommand.of(at, "iam", "delete-open-id-connect-provider")
                .raw("--open-id-connect-provider-arn", arn)
                .toString();
    }
}
