package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Tree;
import java.util.Map;

/** Conditions of objects. Pure. */
public final class Ready {

    private Ready() {}

    /** Whether the condition Ready of a pod or a node holds. */
    public static boolean isReady(Map<String, ?> object) {
        return Tree.maps(object, "status", "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
    }
}
