package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;

/** Where an object stands in the store; {@code namespace} is empty for a cluster-scoped one. */
public record ObjectKey(String kind, String namespace, String name) implements Comparable<ObjectKey> {

    public ObjectKey {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    /** The key of an object tree. */
    public static ObjectKey of(Map<String, ?> object) {
        return new ObjectKey(
                Tree.text(object, "kind").orElse(""),
                Tree.text(object, "metadata", "namespace").orElse(""),
                Tree.text(object, "metadata", "name").orElse(""));
    }

    /** Namespace and name, as they identify an object among its kind. */
    public String nameInKind() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : nameInKind().compareTo(other.nameInKind());
    }

    @Override
    public String toString() {
        return kind + " " + nameInKind();
    }
}
