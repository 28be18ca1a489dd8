package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes an object; that it is gone already is no error.
 *
 * @param uid precondition, when given
 */
public record DeleteObject(ObjectRef object, Optional<String> uid) implements Act {

    public DeleteObject {
        Objects.requireNonNull(object);
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
        return List.of("k8s:delete " + object.resource());
    }

    @Override
    public String command(Surroundings at) {
        return uid.map(u -> Shell.pipe(
                        Map.of(
                                "apiVersion", "v1",
                                "kind", "DeleteOptions",
                                "preconditions", Map.of("uid", u)),
                        "kubectl delete --raw " + Shell.word(object.path()) + " -f -"))
                .orElseGet(() -> "kubectl delete --ignore-not-found " + object.kubectl());
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.empty() : Optional.of(new ApplyObject(Patches.stripped(before)));
    }
}
