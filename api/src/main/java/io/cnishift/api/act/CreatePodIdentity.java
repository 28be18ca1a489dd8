package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Gives the pods of a service account an IAM role by Pod Identity. */
public record CreatePodIdentity(String namespace, String serviceAccount, String role, Map<String, String> tags)
        implements Act {

    public CreatePodIdentity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(serviceAccount);
        Objects.requireNonNull(role);
        tags = Map.copyOf(tags);
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
        return List.of(
                "eks:CreatePodIdentityAssociation",
                "eks:ListPodIdentityAssociations",
                "eks:TagResource",
                "iam:PassRole",
                "iam:GetRole");
    }

    @Override
    public String command(Surroundings at) {
        AwsCommand command = AwsCommand.eks(at, "create-pod-identity-association")
                .with("--namespace", namespace)
                .with("--service-account", serviceAccount)
                .with("--role-arn", role);
        return (tags.isEmpty() ? command : command.json("--tags", new TreeMap<>(tags))).toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeletePodIdentity(namespace, serviceAccount)) : Optional.empty();
    }
}
