package io.cnishift.api.act;

import io.cnishift.api.cluster.PodIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Gives the pods of a service account an IAM role by Pod Identity. */
public record CreatePodIdentity(PodIdentity identity, Map<String, String> tags) implements Act {

    public CreatePodIdentity {
        Objects.requireNonNull(identity);
        tags = Map.copyOf(tags);
    }

    /** One of a role alone. */
    public CreatePodIdentity(String namespace, String serviceAccount, String role, Map<String, String> tags) {
        this(new PodIdentity(namespace, serviceAccount, role), tags);
    }

    /** Namespace of the service account. */
    public String namespace() {
        return identity.namespace();
    }

    /** Name of the service account. */
    public String serviceAccount() {
        return identity.serviceAccount();
    }

    /** The role that its pods take. */
    public String role() {
        return identity.role();
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "Pod Identity of service account " + identity.key();
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
                .with("--namespace", namespace())
                .with("--service-account", serviceAccount())
                .with("--role-arn", role());
        identity.targetRole().ifPresent(target -> command.with("--target-role-arn", target));
        if (identity.sessionTagsOff()) {
            command.flag("--disable-session-tags");
        }
        return (tags.isEmpty() ? command : command.json("--tags", new TreeMap<>(tags))).toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeletePodIdentity(namespace(), serviceAccount())) : Optional.empty();
    }
}
