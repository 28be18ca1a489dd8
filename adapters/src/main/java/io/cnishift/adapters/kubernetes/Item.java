package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;

/**
 * What is kept of an object of a watched list.
 *
 * @param list the list that it is in, in the words of RBAC
 * @param name with its namespace
 * @param records that it makes by itself
 * @param tree the object, where its records are made of several; else empty, for a cluster of trees is large
 */
record Item(String list, String name, String version, List<Resource> records, Map<String, Object> tree) {

    Item {
        records = List.copyOf(records);
    }

    /** An object that makes records by itself. */
    static Item of(String list, Map<String, Object> tree, List<Resource> records) {
        return new Item(list, nameOf(tree), versionOf(tree), records, Map.of());
    }

    /** An object that makes records together with others. */
    static Item shared(String list, Map<String, Object> tree) {
        return new Item(list, nameOf(tree), versionOf(tree), List.of(), tree);
    }

    /** Tells it from all other objects of its part. */
    String key() {
        return list + " " + name;
    }

    /** The same without its records, once they were told. */
    Item told() {
        return records.isEmpty() ? this : new Item(list, name, version, List.of(), tree);
    }

    private static String nameOf(Map<String, Object> tree) {
        return Tree.text(tree, "metadata", "namespace").orElse("") + "/"
                + Tree.text(tree, "metadata", "name").orElse("");
    }

    private static String versionOf(Map<String, Object> tree) {
        return Tree.text(tree, "metadata", "resourceVersion").orElse("");
    }
}
