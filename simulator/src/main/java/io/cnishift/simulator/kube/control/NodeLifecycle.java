package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.schedule.Tolerations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Taints nodes by their condition and their being cordoned, and deletes the pods that do not tolerate a NoExecute taint, each
 * when the time that it tolerates it is over.
 */
final class NodeLifecycle implements Behaviour {
    private static final String PREFIX = "node.kubernetes.io/";

    @Override
    public String id() {
        return "node-lifecycle";
    }

    @Override
    public String source() {
        return "pkg/controller/nodelifecycle, tainteviction; Kubernetes documentation, Taints and Tolerations";
    }

    @Override
    public void install(Kernel kernel) {
        Map<ObjectKey, Instant> planned = new HashMap<>();
        Controller tools = Controller.start(this, kernel, "Node", (t, node) -> look(t, node, planned));
        kernel.objects().listen("Node", (before, after) -> {
            boolean turned = before.isEmpty()
                    || after.isEmpty()
                    || !readiness(before.get()).equals(readiness(after.get()));
            if (turned && readyNodes(kernel) <= 1) {
                kernel.objects().list("Node").forEach(n -> tools.queue().add(Pods.key(n)));
            }
        });
        PodTurn.listen(kernel.objects(), EnumSet.of(PodTurn.CAME, PodTurn.BOUND), (before, after) -> {
            boolean placed = after.isPresent()
                    && Pods.node(after.get()).isPresent()
                    && (before.isEmpty() || Pods.node(before.get()).isEmpty());
            if (placed) {
                String name = Pods.node(after.get()).orElseThrow();
                kernel.objects().get("Node", "", name).ifPresent(n -> evict(kernel, n, planned));
            }
        });
    }

    private static void look(Controller tools, Map<String, Object> node, Map<ObjectKey, Instant> planned) {
        String ready = readiness(node);
        boolean anyReady = ready.equals("True")
                || tools.store().list("Node").stream()
                        .anyMatch(n -> readiness(n).equals("True"));
        Map<String, Boolean> wanted = new TreeMap<>();
        wanted.put("not-ready NoSchedule", ready.equals("False"));
        wanted.put("unreachable NoSchedule", ready.equals("Unknown"));
        // with every node in trouble the trouble is taken to be elsewhere, and nothing is evicted
        wanted.put("not-ready NoExecute", ready.equals("False") && anyReady);
        wanted.put("unreachable NoExecute", ready.equals("Unknown") && anyReady);
        wanted.put("unschedulable NoSchedule", Tree.flag(node, "spec", "unschedulable"));
        List<Map<String, Object>> taints = new ArrayList<>();
        for (Map<String, Object> taint : Tree.maps(node, "spec", "taints")) {
            if (wanted.getOrDefault(id(taint), true)) {
                taints.add(taint);
            }
        }
        wanted.forEach((id, set) -> {
            if (set && taints.stream().noneMatch(t -> id(t).equals(id))) {
                taints.add(taint(id, tools.now()));
            }
        });
        if (!taints.equals(Tree.maps(node, "spec", "taints"))) {
            tools.store()
                    .update(
                            "Node",
                            "",
                            Pods.key(node).name(),
                            Controller.MANAGER,
                            n -> taints.isEmpty()
                                    ? Trees.without(n, "spec", "taints")
                                    : Trees.with(n, taints, "spec", "taints"));
        }
        evict(tools.kernel(), node, planned);
    }

    private static String id(Map<String, Object> taint) {
        String key = Tree.text(taint, "key").orElse("");
        return (key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "/" + key) + " "
                + Tree.text(taint, "effect").orElse("");
    }

    private static Map<String, Object> taint(String id, Instant now) {
        String[] parts = id.split(" ", -1);
        boolean evicts = parts[1].equals("NoExecute");
        return Trees.of("key", PREFIX + parts[0], "effect", parts[1], "timeAdded", evicts ? now.toString() : null);
    }

    private static long readyNodes(Kernel kernel) {
        long ready = 0;
        for (Map<String, Object> node : kernel.objects().list("Node")) {
            ready += readiness(node).equals("True") ? 1 : 0;
            if (ready > 1) {
                break;
            }
        }
        return ready;
    }

    private static String readiness(Map<String, Object> node) {
        for (Object item : Tree.list(node, "status", "conditions")) {
            if (item instanceof Map<?, ?> condition
                    && "Ready".equals(condition.get("type"))
                    && condition.get("status") instanceof String status) {
                return status;
            }
        }
        return "Unknown";
    }

    private static void evict(Kernel kernel, Map<String, Object> node, Map<ObjectKey, Instant> planned) {
        List<Evicting> taints = Evicting.of(node);
        if (taints.isEmpty()) {
            return;
        }
        Instant now = kernel.clock().now();
        for (Map<String, Object> pod : PodIndexes.of(kernel).on(Pods.key(node).name())) {
            deadline(pod, taints, now).ifPresent(at -> {
                ObjectKey key = Pods.key(pod);
                if (!Pods.terminating(pod) && !at.equals(planned.put(key, at))) {
                    kernel.clock().at(at, () -> delete(kernel, key, Pods.uid(pod)));
                }
            });
        }
    }

    /** A taint that ends pods, and since when it is there; read once. */
    private record Evicting(Taint taint, Optional<Instant> added) {

        private static final String EFFECT = "NoExecute";

        /** Those of a node. */
        private static List<Evicting> of(Map<String, Object> node) {
            List<Evicting> found = new ArrayList<>(0);
            for (Map<String, Object> tree : Tree.maps(node, "spec", "taints")) {
                if (EFFECT.equals(tree.get("effect"))) {
                    found.add(Tree.known(tree, Evicting.class, Evicting::read));
                }
            }
            return found;
        }

        private static Evicting read(Map<String, Object> tree) {
            return new Evicting(
                    new Taint(
                            Tree.text(tree, "key").orElse(""),
                            Tree.text(tree, "value").orElse(""),
                            EFFECT),
                    Tree.time(tree, "timeAdded"));
        }
    }

    /** When the first taint's time is over for the pod; empty when it tolerates all of them for good. */
    private static Optional<Instant> deadline(Map<String, Object> pod, List<Evicting> taints, Instant now) {
        List<Map<String, Object>> tolerations = Tree.maps(pod, "spec", "tolerations");
        Optional<Instant> first = Optional.empty();
        for (Evicting taint : taints) {
            Optional<Instant> over =
                    over(tolerations, taint.taint(), taint.added().orElse(now));
            if (over.isPresent() && (first.isEmpty() || over.get().isBefore(first.get()))) {
                first = over;
            }
        }
        return first;
    }

    private static Optional<Instant> over(List<Map<String, Object>> tolerations, Taint taint, Instant added) {
        boolean tolerated = false;
        long least = Long.MAX_VALUE;
        for (Map<String, Object> toleration : tolerations) {
            if (Tolerations.tolerates(toleration, taint)) {
                tolerated = true;
                if (toleration.get("tolerationSeconds") != null) {
                    least = Math.min(least, Tree.number(toleration, 0, "tolerationSeconds"));
                }
            }
        }
        if (!tolerated) {
            return Optional.of(added);
        }
        return least == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(added.plus(Duration.ofSeconds(Math.max(0, least))));
    }

    /** Deletes the pod if its node is still tainted so that it must go. */
    private static void delete(Kernel kernel, ObjectKey key, String uid) {
        ObjectStore store = kernel.objects();
        store.get(key)
                .filter(p -> Pods.uid(p).equals(uid) && !Pods.terminating(p))
                .filter(p -> Pods.node(p)
                        .flatMap(n -> store.get("Node", "", n))
                        .flatMap(n -> deadline(p, Evicting.of(n), kernel.clock().now()))
                        .filter(at -> !at.isAfter(kernel.clock().now()))
                        .isPresent())
                .ifPresent(p -> store.delete(key, Controller.MANAGER, Optional.of(uid), OptionalLong.empty()));
    }
}
