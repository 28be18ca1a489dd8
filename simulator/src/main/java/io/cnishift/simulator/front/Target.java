package io.cnishift.simulator.front;

import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.ApiResource;
import io.cnishift.simulator.kube.Catalogue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a path of the API leads to.
 *
 * @param namespace empty for all namespaces and for what has none
 * @param name empty for all objects
 * @param subresource empty for the object itself
 */
record Target(ApiResource resource, String namespace, String name, String subresource) {
    private static final String NAMESPACES = "namespaces";

    Target {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subresource, "subresource");
    }

    /** Reads {@code /api/VERSION/...} or {@code /apis/GROUP/VERSION/...}; empty when nothing is served there. */
    static Optional<Target> of(List<String> path, Catalogue catalogue) {
        boolean core = path.get(0).equals("api");
        int from = core ? 2 : 3;
        if (path.size() <= from) {
            return Optional.empty();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(from - 1);
        List<String> rest = path.subList(from, path.size());
        boolean below = rest.size() > 2 && rest.get(0).equals(NAMESPACES) && !ofNamespace(rest);
        String namespace = below ? rest.get(1) : "";
        List<String> words = below ? rest.subList(2, rest.size()) : rest;
        if (words.size() > 3) {
            return catalogue.find(group, version, words.get(0)).map(r -> {
                throw Refusals.notModelled(r.plural() + "/" + words.get(2));
            });
        }
        return catalogue
                .find(group, version, words.get(0))
                .map(r -> new Target(r, namespace, word(words, 1), word(words, 2)))
                .filter(Target::wellPlaced);
    }

    private static boolean ofNamespace(List<String> rest) {
        return rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
    }

    /** A namespaced object is found in its namespace only, any other one in none. */
    private boolean wellPlaced() {
        return resource.namespaced() ? name.isEmpty() || !namespace.isEmpty() : namespace.isEmpty();
    }

    private static String word(List<String> words, int index) {
        return words.size() > index ? words.get(index) : "";
    }

    ObjectKey key() {
        return resource.key(namespace, name);
    }
}
