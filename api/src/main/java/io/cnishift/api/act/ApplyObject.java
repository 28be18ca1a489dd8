package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates an object or brings the given fields to the given values, under field manager {@code cnishift}, never forcing.
 */
public record ApplyObject(Map<String, Object> object) implements Act {

    public ApplyObject {
        object = Tree.copy(object);
    }

    @Override
    public Api api() {
        return Api.KUBERNETES;
    }

    @Override
    public String target() {
        return ObjectRef.of(object).toString();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:create,patch " + ObjectRef.of(object).resource());
    }

    @Override
    public String command(Surroundings at) {
        return Shell.pipe(object, "kubectl apply --server-side --field-manager=cnishift -f -");
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(
                before.isEmpty()
                        ? new DeleteObject(ObjectRef.of(object), Optional.empty())
                        : new ApplyObject(Patches.stripped(before)));
    }
}
