package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Definitions of custom resources of which only the name was read: what else must be in them is told by the objects that they define. */
final class Definitions {

    private Definitions() {}

    /** The tree of an object, filled where it is a definition of objects that are there. */
    static Map<String, Object> filled(Map<String, Object> tree, List<NamedObject> objects) {
        String name = Tree.text(tree, "metadata", "name").orElse("");
        boolean definition = Tree.text(tree, "kind")
                .filter("CustomResourceDefinition"::equals)
                .isPresent();
        String group = name.substring(name.indexOf('.') + 1);
        Optional<NamedObject> defined = objects.stream()
                .filter(o -> definition && o.apiVersion().startsWith(group + "/"))
                .filter(o -> name.startsWith(plural(o.objectKind())))
                .findFirst();
        return defined.map(o -> Trees.with(tree, spec(group, name.substring(0, name.indexOf('.')), o), "spec"))
                .orElse(tree);
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> spec(String group, String plural, NamedObject defined) {
        String version = defined.apiVersion().substring(group.length() + 1);
        return Trees.of(
                "group",
                group,
                "names",
                Trees.of("kind", defined.objectKind(), "plural", plural),
                "scope",
                defined.namespace().isEmpty() ? "Cluster" : "Namespaced",
                "versions",
                List.of(Trees.of("name", version, "served", true, "storage", true)));
    }
}
