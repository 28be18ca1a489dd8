package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Removes an EKS add-on and its software.
 */
public record DeleteAddon(String name) implements Act {

    public DeleteAddon {
        Objects.requireNonNull(name);
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
        return List.of("eks:DeleteAddon");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "delete-addon").with("--addon-name", name).toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(new CreateAddon(
                        name,
                        Tree.text(before, "version").orElse(""),
                        Tree.map(before, "configuration"),
                        Tree.text(before, "serviceAccountRole"),
                        Tree.strings(before, "tags")));
    }
}
