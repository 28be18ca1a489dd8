package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.kube.Budgets;
import io.cnishift.simulator.kube.Owners;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Selections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts for every PodDisruptionBudget how many pods are healthy and how many must be. Percentages and maxUnavailable are
 * shares of what the pods' controllers want, rounded up; a minimum as a number is taken as it is.
 */
final class BudgetStatus implements Behaviour {
    private static final Duration LAG = Duration.ofMillis(100);
    /** A pod whose eviction was allowed counts as gone for so long, whether its deletion was seen or not. */
    private static final Duration DISRUPTED = Duration.ofMinutes(2);

    private final Map<ObjectKey, BudgetPods> pods = new HashMap<>();

    @Override
    public String id() {
        return "budget-status";
    }

    @Override
    public String source() {
        return "pkg/controller/disruption/disruption.go";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectStore store = kernel.objects();
        Selections selections =
                new Selections(store, "PodDisruptionBudget", BudgetStatus::selector, new Selections.Account() {
                    @Override
                    public void has(ObjectKey budget, Map<String, Object> pod) {
                        pods.computeIfAbsent(budget, b -> new BudgetPods()).put(pod);
                    }

                    @Override
                    public void loses(ObjectKey budget, ObjectKey pod) {
                        pods.computeIfPresent(budget, (b, under) -> {
                            under.remove(pod);
                            return under.size() == 0 ? null : under;
                        });
                    }
                });
        Controller[] self = new Controller[1];
        WorkQueue queue = new WorkQueue(
                kernel.clock(),
                LAG,
                key -> store.get(key)
                        .ifPresent(b -> look(
                                Objects.requireNonNull(self[0], "tools"),
                                b,
                                pods.getOrDefault(key, new BudgetPods()))));
        self[0] = new Controller(kernel, queue);
        store.list("PodDisruptionBudget").forEach(b -> queue.add(Pods.key(b)));
        Controller tools = self[0];
        store.listen("PodDisruptionBudget", (before, after) -> after.ifPresent(tools::changed));
        selections.follow(PodTurn.OF_CONTROLLERS, (before, after, by) -> {
            for (ObjectKey budget : by) {
                queue.add(budget);
            }
        });
        ObjectIndex sets = store.index("ReplicaSet", Pods::controllerUid);
        for (String kind : List.of("Deployment", "StatefulSet", "ReplicaSet")) {
            store.listen(kind, (before, after) -> {
                if (after.isPresent() && rescaled(before, after.get())) {
                    concerned(kernel, sets, after.get()).forEach(queue::add);
                }
            });
        }
    }

    private static boolean rescaled(Optional<Map<String, Object>> before, Map<String, Object> after) {
        return before.isEmpty()
                || !Objects.equals(
                        Tree.map(before.get(), "spec").get("replicas"),
                        Tree.map(after, "spec").get("replicas"));
    }

    /** The budgets over the pods of a workload, its own and those of its ReplicaSets. */
    private static Collection<ObjectKey> concerned(Kernel kernel, ObjectIndex sets, Map<String, Object> workload) {
        Map<String, ObjectKey> concerned = new TreeMap<>();
        List<Map<String, Object>> controllers = new ArrayList<>(sets.of(Pods.uid(workload)));
        controllers.add(workload);
        for (Map<String, Object> controller : controllers) {
            for (Map<String, Object> pod : PodIndexes.of(kernel).controlledBy(Pods.uid(controller))) {
                Budgets.of(kernel)
                        .over(pod)
                        .forEach(b -> concerned.put(Pods.key(b).name(), Pods.key(b)));
            }
        }
        return concerned.values();
    }

    /** What a budget asks of pods; one without a selector has none, while an empty one has all. */
    private static Optional<Map<String, Object>> selector(Map<String, Object> budget) {
        Map<String, Object> spec = Tree.map(budget, "spec");
        return spec.containsKey("selector") ? Optional.of(Tree.map(spec, "selector")) : Optional.empty();
    }

    private static void look(Controller tools, Map<String, Object> budget, BudgetPods pods) {
        Map<String, Object> disrupted = stillDisrupted(tools, budget, pods);
        long healthy = pods.healthy(Pods.key(budget).namespace(), disrupted.keySet());
        Need need = need(tools.kernel(), budget, pods);
        long allowed = need.expected() <= 0 ? 0 : Math.max(0, healthy - need.desired());
        tools.status(
                budget,
                "observedGeneration",
                Tree.number(budget, 0, "metadata", "generation"),
                "disruptionsAllowed",
                need.countable() ? allowed : 0,
                "currentHealthy",
                healthy,
                "desiredHealthy",
                need.desired(),
                "expectedPods",
                need.expected(),
                "disruptedPods",
                disrupted.isEmpty() ? null : disrupted);
    }

    /** @param countable false when a share is asked of pods whose controller nobody can ask */
    private record Need(long expected, long desired, boolean countable) {}

    private static Need need(Kernel kernel, Map<String, Object> budget, BudgetPods pods) {
        Optional<String> most = Tree.text(budget, "spec", "maxUnavailable");
        Optional<String> least = Tree.text(budget, "spec", "minAvailable");
        if (most.isEmpty() && least.filter(l -> l.endsWith("%")).isEmpty()) {
            return new Need(pods.size(), Bounds.up(least, pods.size(), 0), true);
        }
        Map<String, Long> scales = new HashMap<>();
        boolean countable = true;
        for (Map<String, Object> pod : pods.ofEachController()) {
            Optional<Map<String, Object>> top = scaled(kernel, pod);
            countable &= top.isPresent();
            top.ifPresent(t -> scales.put(Pods.uid(t), Tree.number(t, 1, "spec", "replicas")));
        }
        long expected = 0;
        for (long replicas : scales.values()) {
            expected += replicas;
        }
        long desired =
                most.isPresent() ? Math.max(0, expected - Bounds.up(most, expected, 0)) : Bounds.up(least, expected, 0);
        return new Need(expected, desired, countable);
    }

    /** What says how many pods of this sort there should be. */
    private static Optional<Map<String, Object>> scaled(Kernel kernel, Map<String, Object> pod) {
        Optional<Map<String, Object>> owner = Owners.controller(kernel, pod);
        return owner.filter(o -> Pods.key(o).kind().equals("ReplicaSet"))
                .flatMap(set -> Owners.controller(kernel, set))
                .or(() -> owner)
                .filter(o -> Tree.at(o, "spec", "replicas").isPresent());
    }

    private static Map<String, Object> stillDisrupted(Controller tools, Map<String, Object> budget, BudgetPods pods) {
        Map<String, Object> still = new LinkedHashMap<>();
        String namespace = Pods.key(budget).namespace();
        Tree.map(budget, "status", "disruptedPods").forEach((name, since) -> {
            Duration left = Duration.between(
                    tools.now(), Instant.parse(String.valueOf(since)).plus(DISRUPTED));
            if (pods.stays(namespace, name) && !left.isNegative() && !left.isZero()) {
                still.put(name, since);
                tools.queue().addAfter(Pods.key(budget), left);
            }
        });
        return still;
    }
}
