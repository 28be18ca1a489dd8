package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The name of a Kubernetes object; without a namespace it is cluster-scoped. */
public record ObjectRef(String apiVersion, String kind, Optional<String> namespace, String name) {

    public ObjectRef {
        Objects.requireNonNull(apiVersion);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    /** A namespaced object. */
    public static ObjectRef of(String apiVersion, String kind, String namespace, String name) {
        return new ObjectRef(apiVersion, kind, Optional.of(namespace), name);
    }

    /** A cluster-scoped object. */
    public static ObjectRef of(String apiVersion, String kind, String name) {
        return new ObjectRef(apiVersion, kind, Optional.empty(), name);
    }

    /** The name of an object tree. */
    public static ObjectRef of(Map<String, ?> object) {
        return new ObjectRef(
                Tree.text(object, "apiVersion").orElse(""),
                Tree.text(object, "kind").orElse(""),
                Tree.text(object, "metadata", "namespace"),
                Tree.text(object, "metadata", "name").orElse(""));
    }

    /** API group, empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Plural resource name by the English rule that Kubernetes kinds follow. */
    public String plural() {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s") || lower.endsWith("x") || lower.endsWith("ch")) {
            return lower.endsWith("endpoints") ? lower : lower + "es";
        }
        return lower.endsWith("cy") || lower.endsWith("ty")
                ? lower.substring(0, lower.length() - 1) + "ies"
                : lower + "s";
    }

    /** As permissions name it: {@code deployments.apps}, of the core group {@code services}. */
    public String resource() {
        return plural() + (group().isEmpty() ? "" : "." + group());
    }

    /** As kubectl takes it: {@code -n web deployment/api}. */
    public String kubectl() {
        return namespace.map(n -> "-n " + Shell.word(n) + " ").orElse("")
                + Shell.word(kind.toLowerCase(Locale.ROOT) + "/" + name);
    }

    /** Path of the object in the Kubernetes API. */
    String path() {
        return (group().isEmpty() ? "/api/" : "/apis/") + apiVersion
                + namespace.map(n -> "/namespaces/" + n).orElse("") + "/" + plural() + "/" + name;
    }

    @Override
    public String toString() {
        return kind + " " + namespace.map(n -> n + "/").orElse("") + name;
    }
}
