package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading pod trees. Public for those who wire pods. */
public final class Pods {

    private Pods() {}

    /** The node a pod is bound to. */
    public static Optional<String> node(Map<String, ?> pod) {
        return Tree.text(pod, "spec", "nodeName").filter(n -> !n.isEmpty());
    }

    public static boolean hostNetwork(Map<String, ?> pod) {
        return Tree.flag(pod, "spec", "hostNetwork");
    }

    public static Optional<String> address(Map<String, ?> pod) {
        return Tree.text(pod, "status", "podIP").filter(ip -> !ip.isEmpty());
    }

    public static String phase(Map<String, ?> pod) {
        return Tree.text(pod, "status", "phase").orElse("Pending");
    }

    /** Whether it has succeeded or failed. */
    public static boolean finished(Map<String, ?> pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether its deletion has begun. */
    public static boolean terminating(Map<String, ?> pod) {
        return Tree.text(pod, "metadata", "deletionTimestamp").isPresent();
    }

    /** Whether its Ready condition holds. */
    public static boolean ready(Map<String, ?> pod) {
        return conditionHolds(pod, "Ready");
    }

    /** Since when it is ready; empty when it is not. */
    public static Optional<Instant> readySince(Map<String, ?> pod) {
        return holding(pod, "Ready")
                .flatMap(c -> Tree.text(c, "lastTransitionTime"))
                .map(Instant::parse);
    }

    public static boolean conditionHolds(Map<String, ?> object, String type) {
        return holding(object, type).isPresent();
    }

    /** The first condition of that type that holds. */
    @SuppressWarnings("unchecked")
    private static Optional<Map<String, Object>> holding(Map<String, ?> object, String type) {
        for (Object item : Tree.list(object, "status", "conditions")) {
            if (item instanceof Map<?, ?> condition
                    && type.equals(condition.get("type"))
                    && "True".equals(condition.get("status"))) {
                return Optional.of((Map<String, Object>) condition);
            }
        }
        return Optional.empty();
    }

    /** Whether a change of a pod is one that whoever controls it acts on: most writes are the kubelet's, on the way to ready. */
    public static boolean turned(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return true;
        }
        Map<String, Object> was = before.get();
        Map<String, Object> is = after.get();
        return ready(was) != ready(is)
                || terminating(was) != terminating(is)
                || !phase(was).equals(phase(is))
                || !labels(was).equals(labels(is))
                || !controller(was).equals(controller(is));
    }

    public static Map<String, String> labels(Map<String, ?> object) {
        return Tree.strings(object, "metadata", "labels");
    }

    public static String uid(Map<String, ?> object) {
        return Tree.text(object, "metadata", "uid").orElse("");
    }

    public static ObjectKey key(Map<String, ?> object) {
        return ObjectKey.of(object);
    }

    /** The owner reference that is the controller. */
    public static Optional<Map<String, Object>> controller(Map<String, ?> object) {
        for (Map<String, Object> reference : Tree.maps(object, "metadata", "ownerReferences")) {
            if (Tree.flag(reference, "controller")) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    /** The UID of the controller, as a list of one for an index. */
    public static List<String> controllerUid(Map<String, ?> object) {
        return controller(object)
                .flatMap(r -> Tree.text(r, "uid"))
                .map(List::of)
                .orElse(List.of());
    }
}
