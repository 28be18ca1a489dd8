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

    /** What is read of a pod at every look at it, read once for each version of it. */
    private record State(
            Optional<String> node,
            boolean hostNetwork,
            Optional<String> address,
            String phase,
            boolean ready,
            boolean terminating) {

        private static State of(Map<String, ?> pod) {
            Map<String, Object> spec = Tree.map(pod, "spec");
            Map<String, Object> status = Tree.map(pod, "status");
            return new State(
                    filled(spec, "nodeName"),
                    Tree.flag(spec, "hostNetwork"),
                    filled(status, "podIP"),
                    Tree.text(status, "phase").orElse("Pending"),
                    conditionHolds(pod, "Ready"),
                    Tree.text(pod, "metadata", "deletionTimestamp").isPresent());
        }

        private static Optional<String> filled(Map<String, Object> tree, String field) {
            Optional<String> text = Tree.text(tree, field);
            return text.isPresent() && text.get().isEmpty() ? Optional.empty() : text;
        }
    }

    /** Who an object is, likewise. */
    private record Descent(String uid, Optional<Map<String, Object>> controller, List<String> controllerUid) {

        private static Descent of(Map<String, ?> object) {
            Map<String, Object> metadata = Tree.map(object, "metadata");
            Optional<Map<String, Object>> controller = Optional.empty();
            for (Map<String, Object> reference : Tree.maps(metadata, "ownerReferences")) {
                if (Tree.flag(reference, "controller")) {
                    controller = Optional.of(reference);
                    break;
                }
            }
            return new Descent(
                    Tree.text(metadata, "uid").orElse(""),
                    controller,
                    controller.flatMap(r -> Tree.text(r, "uid")).map(List::of).orElse(List.of()));
        }
    }

    private static State state(Map<String, ?> pod) {
        return Tree.known(pod, State.class, State::of);
    }

    private static Descent descent(Map<String, ?> object) {
        return Tree.known(object, Descent.class, Descent::of);
    }

    /** The node a pod is bound to. */
    public static Optional<String> node(Map<String, ?> pod) {
        return state(pod).node();
    }

    public static boolean hostNetwork(Map<String, ?> pod) {
        return state(pod).hostNetwork();
    }

    public static Optional<String> address(Map<String, ?> pod) {
        return state(pod).address();
    }

    public static String phase(Map<String, ?> pod) {
        return state(pod).phase();
    }

    /** Whether it has succeeded or failed. */
    public static boolean finished(Map<String, ?> pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether its deletion has begun. */
    public static boolean terminating(Map<String, ?> pod) {
        return state(pod).terminating();
    }

    /** Whether its Ready condition holds. */
    public static boolean ready(Map<String, ?> pod) {
        return state(pod).ready();
    }

    /** Since when it is ready; empty when it is not. */
    public static Optional<Instant> readySince(Map<String, ?> pod) {
        return holding(pod, "Ready").flatMap(c -> Tree.time(c, "lastTransitionTime"));
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

    public static Map<String, String> labels(Map<String, ?> object) {
        return Tree.strings(object, "metadata", "labels");
    }

    public static String uid(Map<String, ?> object) {
        return descent(object).uid();
    }

    public static ObjectKey key(Map<String, ?> object) {
        return ObjectKey.of(object);
    }

    /** The owner reference that is the controller. */
    public static Optional<Map<String, Object>> controller(Map<String, ?> object) {
        return descent(object).controller();
    }

    /** The UID of the controller, as a list of one for an index. */
    public static List<String> controllerUid(Map<String, ?> object) {
        return descent(object).controllerUid();
    }
}
