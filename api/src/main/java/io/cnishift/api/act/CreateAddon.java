package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Installs an EKS add-on.
 *
 * @param tags of the add-on
 */
public record CreateAddon(
        String name,
        String version,
        Map<String, Object> configuration,
        Optional<String> serviceAccountRole,
        Map<String, String> tags)
        implements Act {

    public CreateAddon {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        configuration = Tree.copy(configuration);
        tags = Map.copyOf(tags);
    }

    /** Without tags. */
    public CreateAddon(
            String name, String version, Map<String, Object> configuration, Optional<String> serviceAccountRole) {
        this(name, version, configuration, serviceAccountRole, Map.of());
    }

    /** The same with more tags. */
    public CreateAddon tagged(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(more);
        return new CreateAddon(name, version, configuration, serviceAccountRole, all);
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
        return tags.isEmpty()
                ? List.of("eks:CreateAddon", "eks:DescribeAddon", "iam:PassRole")
                : List.of("eks:CreateAddon", "eks:DescribeAddon", "eks:TagResource", "iam:PassRole");
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
        if (!tags.isEmpty()) {
            command.json("--tags", new TreeMap<>(tags));
        }
        return command.with("--resolve-conflicts", "OVERWRITE").toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeleteAddon(name));
    }
}
