package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates an object under field manager {@code cnishift}. One that exists is left as it is, and the act is refused as
 * {@link io.cnishift.api.port.ActResult.Reason#EXISTS}: of two who create the same, one is told that it came second.
 */
public record CreateObject(Map<String, Object> object) implements Act {

    public CreateObject {
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
        // who repeats it after an answer that was lost cannot tell his own object from that of another
        return false;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:create " + ObjectRef.of(object).resource());
    }

    @Override
    public String command(Surroundings at) {
        return Shell.pipe(object, "kubectl create --field-manager=cnishift -f -");
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty()
                ? Optional.of(new DeleteObject(ObjectRef.of(object), Optional.empty()))
                : Optional.empty();
    }
}
