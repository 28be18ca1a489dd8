package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.CreatePodIdentityAssociationRequest;
import software.amazon.awssdk.services.eks.model.DeletePodIdentityAssociationRequest;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.Tag;

/** What lets pods of a cluster take IAM roles: the issuer that IAM knows, and Pod Identity associations. */
final class IdentityWrites {

    private static final String EKS = "eks";
    private static final String IAM = "iam";
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final String KNOWN = "EntityAlreadyExists";

    private IdentityWrites() {}

    static void in(ActBook book) {
        book.on(CreateOidcProvider.class, (at, a) -> Map.of(), IdentityWrites::know);
        book.on(DeleteOidcProvider.class, (at, a) -> Map.of(), IdentityWrites::forget);
        book.on(
                CreatePodIdentity.class,
                (at, a) -> before(at, a.namespace(), a.serviceAccount()),
                IdentityWrites::associate);
        book.on(
                DeletePodIdentity.class,
                (at, a) -> before(at, a.namespace(), a.serviceAccount()),
                IdentityWrites::disassociate);
    }

    private static ActResult know(Writing at, CreateOidcProvider act) {
        Optional<Cluster> cluster = ClusterWrites.find(at, act.cluster());
        Optional<String> issuer = cluster.flatMap(IdentityWrites::issuer);
        if (issuer.isEmpty()) {
            return ActResults.no(Reason.GONE, "no cluster " + act.cluster() + " tells who issues its tokens");
        }
        CreateOpenIdConnectProviderRequest request = CreateOpenIdConnectProviderRequest.builder()
                .url(issuer.get())
                .clientIDList(AUDIENCE)
                .tags(act.tags().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(t -> Tag.builder()
                                .key(t.getKey())
                                .value(t.getValue())
                                .build())
                        .toList())
                .build();
        try {
            at.calls()
                    .write(
                            IAM,
                            "CreateOpenIDConnectProvider",
                            () -> at.clients().iam().createOpenIDConnectProvider(request));
        } catch (CallFailure failure) {
            if (!Writing.code(failure).startsWith(KNOWN)) {
                throw failure;
            }
        }
        return ActResults.done();
    }

    private static ActResult forget(Writing at, DeleteOidcProvider act) {
        Optional<Cluster> cluster = ClusterWrites.find(at, act.cluster());
        Optional<String> issuer = cluster.flatMap(IdentityWrites::issuer);
        if (issuer.isEmpty()) {
            return ActResults.done();
        }
        String[] arn = cluster.get().arn().split(":", -1);
        DeleteOpenIdConnectProviderRequest request = DeleteOpenIdConnectProviderRequest.builder()
                .openIDConnectProviderArn("arn:" + arn[1] + ":iam::" + arn[4] + ":oidc-provider/"
                        + issuer.get().replaceFirst("^https://", ""))
                .build();
        Writing.found(() -> at.calls()
                .write(
                        IAM,
                        "DeleteOpenIDConnectProvider",
                        () -> at.clients().iam().deleteOpenIDConnectProvider(request)));
        return ActResults.done();
    }

    private static Optional<String> issuer(Cluster cluster) {
        return Optional.ofNullable(cluster.identity())
                .flatMap(i -> Optional.ofNullable(i.oidc()))
                .flatMap(o -> Optional.ofNullable(o.issuer()));
    }

    private static ActResult associate(Writing at, CreatePodIdentity act) {
        Optional<PodIdentityAssociation> there = find(at, act.namespace(), act.serviceAccount());
        if (there.isPresent()) {
            return act.role().equals(there.get().roleArn())
                            && act.identity()
                                    .targetRole()
                                    .equals(Optional.ofNullable(there.get().targetRoleArn()))
                    ? ActResults.done()
                    : ActResults.no(
                            Reason.EXISTS,
                            act.target() + " is there already, with role "
                                    + there.get().roleArn());
        }
        CreatePodIdentityAssociationRequest request = CreatePodIdentityAssociationRequest.builder()
                .clusterName(at.cluster())
                .namespace(act.namespace())
                .serviceAccount(act.serviceAccount())
                .roleArn(act.role())
                .targetRoleArn(act.identity().targetRole().orElse(null))
                .disableSessionTags(act.identity().sessionTagsOff() ? true : null)
                .tags(act.tags())
                .clientRequestToken(at.tokens().making(act))
                .build();
        at.calls()
                .write(
                        EKS,
                        "CreatePodIdentityAssociation",
                        () -> at.clients().eks().createPodIdentityAssociation(request));
        return ActResults.done();
    }

    private static ActResult disassociate(Writing at, DeletePodIdentity act) {
        find(at, act.namespace(), act.serviceAccount()).ifPresent(there -> {
            DeletePodIdentityAssociationRequest request = DeletePodIdentityAssociationRequest.builder()
                    .clusterName(at.cluster())
                    .associationId(there.associationId())
                    .build();
            Writing.found(() -> at.calls()
                    .write(
                            EKS,
                            "DeletePodIdentityAssociation",
                            () -> at.clients().eks().deletePodIdentityAssociation(request)));
        });
        return ActResults.done();
    }

    private static Optional<PodIdentityAssociation> find(Writing at, String namespace, String account) {
        return at.apis().eks().podIdentities(at.cluster()).stream()
                .filter(s -> namespace.equals(s.namespace()) && account.equals(s.serviceAccount()))
                .map(PodIdentityAssociationSummary::associationId)
                .findFirst()
                .flatMap(id -> Writing.found(() -> at.apis().eks().podIdentity(at.cluster(), id)));
    }

    private static Map<String, Object> before(Writing at, String namespace, String account) {
        return find(at, namespace, account)
                .map(i -> ActResults.tree("serviceAccount", namespace + "/" + account, "role", i.roleArn()))
                .orElse(Map.of());
    }
}
