package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where objects stand, as the API server's discovery tells for the version that an object names. It remembers what it was told;
 * what was not served is asked for again, for a definition may have come meanwhile. For one thread.
 */
final class ObjectPaths {

    private final KubeApi api;
    private final Map<String, Map<String, Served>> versions = new HashMap<>();

    ObjectPaths(KubeApi api) {
        this.api = api;
    }

    private record Served(String plural, boolean namespaced) {}

    /**
     * Where an object stands.
     *
     * @param resource as RBAC names it
     * @param collection path of the list that it is in
     */
    record Place(String resource, String collection, String name) {

        String path() {
            return collection + "/" + name;
        }
    }

    /** The place of an object; empty when its kind is not served in that version, or in a namespace where it takes none. */
    Optional<Place> of(ObjectRef object) {
        String base = (object.group().isEmpty() ? "/api/" : "/apis/") + object.apiVersion();
        return served(base, object.kind())
                .filter(s -> s.namespaced() == object.namespace().isPresent())
                .map(s -> new Place(
                        s.plural() + (object.group().isEmpty() ? "" : "." + object.group()),
                        base + object.namespace().map(n -> "/namespaces/" + n).orElse("") + "/" + s.plural(),
                        object.name()));
    }

    private Optional<Served> served(String base, String kind) {
        Map<String, Served> known = versions.getOrDefault(base, Map.of());
        if (!known.containsKey(kind)) {
            known = ask(base);
            versions.put(base, known);
        }
        return Optional.ofNullable(known.get(kind));
    }

    private Map<String, Served> ask(String base) {
        Map<String, Served> kinds = new LinkedHashMap<>();
        try {
            for (Map<String, Object> resource : Tree.maps(api.discover(base), "resources")) {
                String plural = Tree.text(resource, "name").orElse("");
                if (!plural.contains("/")) {
                    kinds.put(
                            Tree.text(resource, "kind").orElse(""),
                            new Served(plural, Tree.flag(resource, "namespaced")));
                }
            }
        } catch (CallFailure failure) {
            if (!failure.is(Fault.Kind.NOT_FOUND) && !failure.is(Fault.Kind.NO_SUCH_API)) {
                throw failure;
            }
        }
        return kinds;
    }
}
