package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an object stands in the store; {@code namespace} is empty for a cluster-scoped one. No record, for what finds an object
 * is asked for many times for each change of it: it is put together once, and once for each version of an object.
 */
public final class ObjectKey implements Comparable<ObjectKey> {

    private final String kind;
    private final String namespace;
    private final String name;
    private final String nameInKind;
    private final int hash;

    public ObjectKey(String kind, String namespace, String name) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.name = Objects.requireNonNull(name, "name");
        nameInKind = namespace.isEmpty() ? name : namespace + "/" + name;
        hash = 31 * kind.hashCode() + nameInKind.hashCode();
    }

    /** The key of an object tree. */
    public static ObjectKey of(Map<String, ?> object) {
        return Tree.known(object, ObjectKey.class, ObjectKey::read);
    }

    private static ObjectKey read(Map<String, ?> object) {
        Map<String, Object> metadata = Tree.map(object, "metadata");
        return new ObjectKey(
                Tree.text(object, "kind").orElse(""),
                Tree.text(metadata, "namespace").orElse(""),
                Tree.text(metadata, "name").orElse(""));
    }

    public String kind() {
        return kind;
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /** Namespace and name, as they identify an object among its kind. */
    public String nameInKind() {
        return nameInKind;
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : nameInKind.compareTo(other.nameInKind);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof ObjectKey key
                        && key.hash == hash
                        && key.kind.equals(kind)
                        && key.nameInKind.equals(nameInKind));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return kind + " " + nameInKind;
    }
}
