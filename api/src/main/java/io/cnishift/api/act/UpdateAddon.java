package io.cnishift.api.act;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Replaces the configuration of an EKS add-on, keeping what users changed.
 *
 * @param configuration the whole document: read, merged, written
 */
public record UpdateAddon(String name, Map<String, Object> configuration) implements Act {

    public UpdateAddon {
        Objects.requireNonNull(name);
        configuration = Tree.copy(configuration);
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
        // without it EKS lets the add-on use the role of the nodes
        at.view()
                .addon(name)
                .flatMap(Addon::serviceAccountRole)
                .ifPresent(role -> command.with("--service-account-role-arn", role));
        return command.with("--resolve-conflicts", "PRESERVE")
                .json("--configuration-values", configuration)
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new UpdateAddon(name, Tree.map(before, "configuration")));
    }
}
