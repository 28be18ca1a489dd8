package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes fields of an object.
 *
 * @param resourceVersion when given, the patch is refused if the object has changed since
 */
public record PatchObject(ObjectRef object, PatchType type, Map<String, Object> patch, Optional<String> resourceVersion)
        implements Act {

    public PatchObject {
        Objects.requireNonNull(object);
        Objects.requireNonNull(type);
        patch = Tree.copy(patch);
    }

    @Override
    public Api api() {
        return Api.KUBERNETES;
    }

    @Override
    public String target() {
        return object.toString();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:patch " + object.resource());
    }

    @Override
    public String command(Surroundings at) {
        // without the resource version: who pastes this has looked for himself, at a later one
        return "kubectl patch " + object.kubectl() + " --type=" + type + " -p " + Json.word(patch);
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(
                new PatchObject(object, PatchType.MERGE, Patches.restoring(patch, before), Optional.empty()));
    }
}
