package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/** Takes the IAM role that Pod Identity gives the pods of a service account. */
public record DeletePodIdentity(String namespace, String serviceAccount) implements Act {

    public DeletePodIdentity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(serviceAccount);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "Pod Identity of service account " + namespace + "/" + serviceAccount;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:DeletePodIdentityAssociation", "eks:ListPodIdentityAssociations");
    }

    @Override
    public String command(Surroundings at) {
        String id = AwsCommand.eks(at, "list-pod-identity-associations")
                .with("--namespace", namespace)
                .with("--service-account", serviceAccount)
                .text("associations[0].associationId")
                .toString();
        return AwsCommand.eks(at, "delete-pod-identity-association")
                .raw("--association-id", Shell.output(id))
                .toString();
    }
}
