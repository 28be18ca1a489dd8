package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to pods, Services and budgets, what controllers say of pods is what going through all of them gives. */
final class AccountsTest {

    private static final List<String> APPS = List.of("one", "two", "three");
    private static final int STEPS = 60;

    private final KubeWorld world = KubeWorld.healthy();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreeWithWhatIsThere(long seed) {
        Random random = new Random(seed);
        for (String app : APPS) {
            world.workload("Deployment", app, Map.of("replicas", 3));
        }
        world.run(30);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            world.run(random.nextInt(4));
        }
        world.run(120);

        world.store().list("Service", "web").forEach(this::checkService);
        world.store().list("PodDisruptionBudget", "web").forEach(this::checkBudget);
        world.store().list("ReplicaSet", "web").forEach(this::checkSet);
    }

    private void step(Random random) {
        Map<String, Object> selector = Map.of("app", any(APPS, random));
        switch (random.nextInt(7)) {
            case 0 -> world.change("Pod", name(random), p -> Trees.with(p, selector, "metadata", "labels"));
            case 1 -> world.store().delete("Pod", "web", name(random), Optional.empty());
            case 2 -> unready(name(random));
            case 3 ->
                put("v1", "Service", "s" + random.nextInt(3), Trees.of("selector", selector, "ports", ports(random)));
            case 4 ->
                put(
                        "policy/v1",
                        "PodDisruptionBudget",
                        "b" + random.nextInt(3),
                        Trees.of("selector", Trees.of("matchLabels", selector), "maxUnavailable", random.nextInt(2)));
            case 5 -> world.store().remove(random.nextBoolean() ? "Service" : "PodDisruptionBudget", "web", "s0");
            default ->
                world.change(
                        "Deployment", any(APPS, random), d -> Trees.with(d, random.nextInt(5), "spec", "replicas"));
        }
    }

    private static List<Map<String, Object>> ports(Random random) {
        return List.of(Trees.of("port", 80, "targetPort", 8080 + random.nextInt(2)));
    }

    private void put(String apiVersion, String kind, String name, Map<String, Object> spec) {
        if (world.store().get(kind, "web", name).isPresent()) {
            world.change(kind, name, o -> Trees.with(o, spec, "spec"));
        } else {
            Map<String, Object> metadata = Trees.of("namespace", "web", "name", name);
            world.store()
                    .create(
                            Trees.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec),
                            "test");
        }
    }

    private void unready(String pod) {
        world.store()
                .status(
                        new ObjectKey("Pod", "web", pod),
                        "test",
                        s -> Trees.with(s, List.of(Trees.of("type", "Ready", "status", "False")), "conditions"));
    }

    private String name(Random random) {
        List<Map<String, Object>> pods = List.copyOf(world.store().list("Pod", "web"));
        return Pods.key(any(pods, random)).name();
    }

    private static <T> T any(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }

    private Stream<Map<String, Object>> pods(Map<String, Object> selector) {
        return world.store().list("Pod", "web").stream().filter(p -> Selectors.matches(selector, Pods.labels(p)));
    }

    private void checkService(Map<String, Object> service) {
        Map<String, Object> labels = Tree.map(service, "spec", "selector");
        List<Map<String, Object>> slices = world.store().list("EndpointSlice", "web").stream()
                .filter(s -> Pods.controllerUid(s).contains(Pods.uid(service)))
                .toList();
        List<String> endpoints = slices.stream()
                .flatMap(s -> Tree.maps(s, "endpoints").stream()
                        .map(e -> Tree.text(e, "targetRef", "name").orElse("") + " "
                                + Tree.flag(e, "conditions", "serving") + " "
                                + Tree.flag(e, "conditions", "terminating")))
                .toList();
        if (!labels.isEmpty()) {
            assertThat(endpoints)
                    .as("endpoints of %s", Pods.key(service))
                    .containsExactlyInAnyOrderElementsOf(pods(Map.of("matchLabels", labels))
                            .filter(p -> Pods.address(p).isPresent() && !Pods.finished(p))
                            .map(p -> Pods.key(p).name() + " " + Pods.ready(p) + " " + Pods.terminating(p))
                            .toList());
        }
        slices.stream()
                .filter(slice -> Pods.key(service).name().startsWith("s")
                        && !Tree.list(slice, "endpoints").isEmpty())
                .forEach(slice -> assertThat(ports(slice, "port"))
                        .as("ports of %s", Pods.key(slice))
                        .isEqualTo(ports(Tree.map(service, "spec"), "targetPort")));
    }

    private static List<Long> ports(Map<String, Object> tree, String field) {
        return Tree.maps(tree, "ports").stream()
                .map(p -> Tree.number(p, 0, field))
                .toList();
    }

    private void checkBudget(Map<String, Object> budget) {
        long healthy = pods(Tree.map(budget, "spec", "selector"))
                .filter(p -> Pods.ready(p) && !Pods.terminating(p))
                .count();
        assertThat(Tree.number(budget, -1, "status", "currentHealthy"))
                .as("healthy pods of %s", Pods.key(budget))
                .isEqualTo(healthy);
    }

    private void checkSet(Map<String, Object> set) {
        List<Map<String, Object>> active = world.store().list("Pod", "web").stream()
                .filter(p -> Pods.controllerUid(p).contains(Pods.uid(set)))
                .filter(p -> !Pods.finished(p) && !Pods.terminating(p))
                .toList();
        assertThat(List.of(
                        Tree.number(set, 0, "status", "replicas"),
                        Tree.number(set, 0, "status", "readyReplicas"),
                        Tree.number(set, 0, "status", "availableReplicas")))
                .as("pods of %s", Pods.key(set))
                .containsExactly(
                        (long) active.size(),
                        active.stream().filter(Pods::ready).count(),
                        active.stream().filter(Pods::ready).count());
    }
}
