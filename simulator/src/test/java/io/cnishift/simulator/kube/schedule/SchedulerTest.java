package io.cnishift.simulator.kube.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kube.HostPorts;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchedulerTest {

    private final Kernel kernel = Simulation.open(
                    Asked.scenario("clean-cluster"),
                    new WorldFactory.Settings(1, Map.of()),
                    List.of(new HostPorts(), new Scheduler()))
            .kernel();

    @Test
    void aPodGoesToTheEmptiestNodeThatTakesIt() {
        create("a", Map.of());

        assertThat(node("a")).isPresent();
    }

    @Test
    void aPodIsBoundByOneWriteOfItsNodeAndItsCondition() {
        ChangeLog log = kernel.objects().log();
        long before = kernel.objects().resourceVersion();
        create("a", Map.of());

        List<ChangeLog.Entry> changes = log.since(before).orElseThrow();
        assertThat(changes)
                .extracting(ChangeLog.Entry::type)
                .containsExactly(ChangeLog.Type.ADDED, ChangeLog.Type.MODIFIED);
        Map<String, Object> pod = changes.get(1).object();
        assertThat(Pods.node(pod)).isPresent();
        assertThat(Pods.conditionHolds(pod, "PodScheduled")).isTrue();
    }

    @Test
    void aNodeSelectorThatNoNodeMeetsLeavesThePodPendingWithTheReason() {
        create("a", Map.of("nodeSelector", Map.of("disk", "fast")));

        assertThat(node("a")).isEmpty();
        assertThat(reason("a"))
                .isEqualTo("0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.");
    }

    @Test
    void aPendingPodIsBoundOnceANodeChanges() {
        create("a", Map.of("nodeSelector", Map.of("disk", "fast")));
        String first = nodes().get(0);
        update("Node", first, n -> Trees.with(n, "fast", "metadata", "labels", "disk"));

        assertThat(node("a")).contains(first);
    }

    @Test
    void cordonedAndTaintedNodesAreAvoided() {
        List<String> nodes = nodes();
        update("Node", nodes.get(0), n -> Trees.with(n, true, "spec", "unschedulable"));
        Map<String, Object> taint = Trees.of("key", "a", "value", "b", "effect", "NoSchedule");
        nodes.subList(1, 3).forEach(name -> update("Node", name, n -> Trees.with(n, List.of(taint), "spec", "taints")));
        create("a", Map.of());
        create("b", Map.of("tolerations", List.of(Map.of("key", "a", "operator", "Exists"))));

        assertThat(node("a")).contains(nodes.get(3));
        assertThat(node("b")).isPresent().get().isNotEqualTo(nodes.get(0));
    }

    @Test
    void aTaintThatWouldRatherNotIsOnlyADislike() {
        List<String> nodes = nodes();
        Map<String, Object> taint = Trees.of("key", "old", "value", "", "effect", "PreferNoSchedule");
        nodes.subList(0, 3).forEach(name -> update("Node", name, n -> Trees.with(n, List.of(taint), "spec", "taints")));
        create("a", Map.of());
        update("Node", nodes.get(3), n -> Trees.with(n, true, "spec", "unschedulable"));
        create("b", Map.of());

        assertThat(node("a")).contains(nodes.get(3));
        assertThat(node("b")).isPresent();
    }

    @Test
    void noNodeTakesMorePodsThanItsKubeletAdmits() {
        for (int i = 0; i < 60; i++) {
            create("p" + i, Map.of());
        }
        Map<String, Long> perNode = new java.util.TreeMap<>();
        kernel.objects().list("Pod").stream()
                .flatMap(p -> Pods.node(p).stream())
                .forEach(n -> perNode.merge(n, 1L, Long::sum));

        assertThat(perNode.values()).allMatch(count -> count == 17);
        assertThat(reason("p59")).contains("Too many pods");
    }

    @Test
    void hostPortsAreTakenOncePerNode() {
        Map<String, Object> spec = Map.of(
                "hostNetwork",
                true,
                "containers",
                List.of(Map.of("name", "c", "ports", List.of(Map.of("containerPort", 7777)))));
        for (int i = 0; i < 5; i++) {
            create("h" + i, spec);
        }

        assertThat(List.of("h0", "h1", "h2", "h3")).allMatch(n -> node(n).isPresent());
        assertThat(node("h4")).isEmpty();
        assertThat(reason("h4")).contains("free ports");
    }

    @Test
    void requiredAntiAffinityKeepsPodsApartBothWays() {
        Map<String, Object> term = Map.of(
                "topologyKey", "kubernetes.io/hostname", "labelSelector", Map.of("matchLabels", Map.of("app", "x")));
        Map<String, Object> spec = Map.of(
                "affinity",
                Map.of("podAntiAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term))));
        for (int i = 0; i < 4; i++) {
            create("x" + i, spec);
        }
        create("x4", Map.of());

        assertThat(node("x4")).isEmpty();
        assertThat(reason("x4")).contains("anti-affinity");
    }

    @Test
    void topologySpreadHoldsTheSkew() {
        Map<String, Object> spec = Map.of(
                "topologySpreadConstraints",
                List.of(Map.of(
                        "maxSkew",
                        1,
                        "topologyKey",
                        "topology.kubernetes.io/zone",
                        "whenUnsatisfiable",
                        "DoNotSchedule",
                        "labelSelector",
                        Map.of("matchLabels", Map.of("app", "x")))));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            names.add("s" + i);
            create("s" + i, spec);
        }
        Map<String, Long> zones = new java.util.TreeMap<>();
        names.forEach(n -> zones.merge(zone(node(n).orElseThrow()), 1L, Long::sum));

        assertThat(zones.values()).containsExactly(2L, 2L, 2L);
    }

    private String zone(String node) {
        return Tree.text(
                        kernel.objects().get("Node", "", node).orElseThrow(),
                        "metadata",
                        "labels",
                        "topology.kubernetes.io/zone")
                .orElseThrow();
    }

    private void create(String name, Map<String, Object> spec) {
        Map<String, Object> whole = new java.util.LinkedHashMap<>(Map.of("containers", List.of(Map.of("name", "c"))));
        whole.putAll(spec);
        kernel.objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Pod",
                                "metadata",
                                Trees.of("namespace", "shop", "name", name, "labels", Map.of("app", "x")),
                                "spec",
                                whole),
                        "test");
        kernel.clock().runUntil(kernel.clock().now().plusSeconds(1));
    }

    private void update(String kind, String name, java.util.function.UnaryOperator<Map<String, Object>> change) {
        kernel.objects().update(kind, "", name, "test", change);
        kernel.clock().runUntil(kernel.clock().now().plusSeconds(1));
    }

    private Optional<String> node(String pod) {
        return kernel.objects().get("Pod", "shop", pod).flatMap(Pods::node);
    }

    private String reason(String pod) {
        return kernel.objects().get("Pod", "shop", pod).stream()
                .flatMap(p -> Tree.maps(p, "status", "conditions").stream())
                .filter(c -> "PodScheduled".equals(c.get("type")))
                .flatMap(c -> Tree.text(c, "message").stream())
                .findFirst()
                .orElse("");
    }

    private List<String> nodes() {
        return kernel.objects().list("Node").stream()
                .map(n -> Tree.text(n, "metadata", "name").orElseThrow())
                .toList();
    }
}
