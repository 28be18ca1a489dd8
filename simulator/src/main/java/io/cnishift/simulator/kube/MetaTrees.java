package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.NamedObject;
import io.cnishift.simulator.Trees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The beginnings of an object tree. */
public final class MetaTrees {

    private MetaTrees() {}

    /** What the records of all kinds say of an object; an empty uid or version is one that the record does not hold. */
    public record Identity(String namespace, String name, String uid, String version, Instant created) {}

    public static Map<String, Object> object(String apiVersion, String kind, Identity id, Map<String, String> labels) {
        return Trees.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Trees.of(
                        "name", id.name(),
                        "namespace", filled(id.namespace()),
                        "uid", filled(id.uid()),
                        "resourceVersion", filled(id.version()),
                        "creationTimestamp",
                                id.created().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "labels", labels.isEmpty() ? null : labels));
    }

    /** The same object, deleted at that time, and kept by what is not known of it. */
    static Map<String, Object> deleted(Map<String, Object> tree, Instant at) {
        return Trees.with(tree, at.toString(), "metadata", "deletionTimestamp");
    }

    /** An object of which nothing but the name is known. */
    static Map<String, Object> named(NamedObject object, Instant created) {
        Identity id = new Identity(object.namespace(), object.name(), object.uid(), "", created);
        Map<String, Object> tree = object(object.apiVersion(), object.objectKind(), id, Map.of());
        if (object.type().isEmpty()) {
            return tree;
        }
        return switch (object.objectKind()) {
            case "IngressClass" -> Trees.with(tree, object.type(), "spec", "controller");
            case "ClusterRoleBinding" ->
                Trees.with(
                        tree,
                        Stream.of(object.type().split(",", -1))
                                .map(n -> Trees.of("kind", "ServiceAccount", "namespace", n, "name", object.name()))
                                .toList(),
                        "subjects");
            default -> Trees.with(tree, object.type(), "type");
        };
    }

    /** A number where the text is one, as fields that take both are written. */
    static Object intOrString(String text) {
        return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }

    public static <T> @Nullable T filled(T collection, boolean empty) {
        return empty ? null : collection;
    }
}
