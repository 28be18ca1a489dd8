package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Removes a Helm release.
 */
public record UninstallRelease(String namespace, String name) implements Act {

    public UninstallRelease {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
    }

    @Override
    public Api api() {
        return Api.HELM;
    }

    @Override
    public String target() {
        return "release " + namespace + "/" + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("helm:uninstall");
    }

    @Override
    public String command(Surroundings at) {
        return "helm -n " + Shell.word(namespace) + " uninstall " + Shell.word(name);
    }
}
