package io.cnishift.api.act;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes an EKS add-on, keeping what users changed in its objects.
 *
 * @param configuration the whole document: read, merged, written
 * @param version to change to; empty: stays
 * @param role IAM role of its service account; empty: stays; an empty text: none of its own
 */
public record UpdateAddon(
        String name, Map<String, Object> configuration, Optional<String> version, Optional<String> role)
        implements Act {

    public UpdateAddon {
        Objects.requireNonNull(name);
        configuration = Tree.copy(configuration);
        Objects.requireNonNull(version);
        Objects.requireNonNull(role);
    }

    /** Of the same version and role. */
    public UpdateAddon(String name, Map<String, Object> configuration) {
        this(name, configuration, Optional.empty(), Optional.empty());
    }

    /** The role that EKS is given. It takes none as none, so that which is there goes along. */
    public Optional<String> roleToSend(Optional<Addon> now) {
        return role.or(() -> now.flatMap(Addon::serviceAccountRole)).filter(r -> !r.isEmpty());
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "add-on " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:UpdateAddon", "eks:DescribeUpdate", "eks:DescribeAddon", "iam:PassRole");
    }

    @Override
    public String command(Surroundings at) {
        AwsCommand command = AwsCommand.eks(at, "update-addon").with("--addon-name", name);
        version.ifPresent(v -> command.with("--addon-version", v));
        roleToSend(at.view().addon(name)).ifPresent(r -> command.with("--service-account-role-arn", r));
        return command.with("--resolve-conflicts", "PRESERVE")
                .json("--configuration-values", configuration)
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new UpdateAddon(
                name,
                Tree.map(before, "configuration"),
                version.flatMap(v -> Tree.text(before, "version")),
                role.map(r -> Tree.text(before, "serviceAccountRole").orElse(""))));
    }
}
