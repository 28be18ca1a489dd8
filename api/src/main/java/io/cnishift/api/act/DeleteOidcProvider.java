package io.cnishift.api.act;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * Names the provider by what is seen of the cluster, for the cluster may be gone when a shell reads this. Of a cluster that is not
     * seen EKS is asked, and where it does not tell, or IAM does not know the issuer, nothing is deleted.
     */
    @Override
    public String command(Surroundings at) {
        return at.cluster()
                .filter(seen -> seen.name().equals(cluster))
                .flatMap(DeleteOidcProvider::provider)
                .map(arn -> delete(at, Shell.word(arn)))
                .orElseGet(() -> asked(at));
    }

    private static Optional<String> provider(Cluster cluster) {
        return cluster.oidcIssuer()
                .map(issuer -> "arn:" + cluster.partition() + ":iam::" + cluster.account() + ":oidc-provider/"
                        + Role.issuer(issuer));
    }

    private String asked(Surroundings at) {
        String issuer = AwsCommand.of(at, "eks", "describe-cluster")
                .with("--name", cluster)
                .text("cluster.identity.oidc.issuer")
                .toString();
        String providers = AwsCommand.of(at, "iam", "list-open-id-connect-providers")
                .text("OpenIDConnectProviderList[].Arn")
                .toString();
        // from a slash to the end of an ARN: nothing ends with a slash, whereas an empty pattern would find every
        // provider of the account
        return "issuer=$(" + issuer + " | sed 's,^https://,,') && provider=$(" + providers
                + " | tr '\\t' '\\n' | grep \"/$issuer\\$\") && " + delete(at, "\"$provider\"");
    }

    private static String delete(Surroundings at, String arn) {
        return AwsCommand.of(at, "iam", "delete-open-id-connect-provider")
                .raw("--open-id-connect-provider-arn", arn)
                .toString();
    }
}
