package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Installs an EKS add-on.
 */
public record CreateAddon(
        String name, String version, Map<String, Object> configuration, Optional<String> serviceAccountRole)
        implements Act {

    public CreateAddon {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
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
        return List.of("eks:CreateAddon", "eks:DescribeAddon", "iam:PassRole");
    }

    @Override
    public String command(Surroundings at) {
        AwsCommand command = AwsCommand.eks(at, "create-addon").with("--addon-name", name);
        if (!version.isEmpty()) {
            command.with("--addon-version", version);
        }
        serviceAccountRole.ifPresent(role -> command.with("--service-account-role-arn", role));
        if (!configuration.isEmpty()) {
            command.json("--configuration-values", configuration);
        }
        return command.with("--resolve-conflicts", "OVERWRITE").toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeleteAddon(name));
    }
}
