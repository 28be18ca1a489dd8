package io.cnishift.api.cluster;

import java.util.Map;

/** The conditions in an object's status. */
final class Conditions {

    private Conditions() {}

    /** Whether the condition of that type is true. */
    static boolean holds(Map<String, ?> tree, String type) {
        for (Map<String, Object> condition : Tree.maps(tree, "status", "conditions")) {
            if (type.equals(condition.get("type")) && "True".equals(condition.get("status"))) {
                return true;
            }
        }
        return false;
    }
}
