package io.cnishift.api.cluster;

import java.util.Map;

/** The conditions in an object's status. */
final class Conditions {

    private Conditions() {}

    /** Whether the condition of that type is true. */
    static boolean holds(Map<String, ?> tree, String type) {
        return Tree.maps(tree, "status", "conditions").stream()
                .anyMatch(c -> Tree.text(c, "type").filter(type::equals).isPresent()
                        && Tree.text(c, "status").filter("True"::equals).isPresent());
    }
}
