package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Endpoints, nodes in trouble, garbage, namespaces, Services, Jobs. */
final class HousekeepingTest {
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void endpointsFollowReadyPodsAMomentLate() {
        world.workload("Deployment", "shop", Trees.of("replicas", 2));
        service("ClusterIP");
        world.run(60);
        assertThat(endpoints().ready()).isEqualTo(2);

        Pod victim = world.pods("shop").get(0);
        world.evict(victim);
        world.kernel.clock().runUntil(world.kernel.clock().now().plusMillis(500));
        assertThat(endpoints().ready()).as("the slice is late").isEqualTo(2);
        world.run(2);
        assertThat(endpoints().endpoints())
                .filteredOn(Endpoints.Endpoint::ready)
                .extracting(e -> e.pod().orElseThrow())
                .doesNotContain(victim.name());
        world.run(60);
        assertThat(endpoints().ready()).isEqualTo(2);
    }

    @Test
    void aNamedTargetPortThatChangesBetweenRevisionsGivesASliceEach() {
        world.workload("Deployment", "shop", Trees.of("replicas", 1), s -> port(s, 8080));
        service("ClusterIP");
        world.run(60);
        assertThat(slicePorts()).containsExactly(8080);

        world.change(
                "Deployment",
                "shop",
                d -> Trees.with(d, port(Map.of(), 9090).get("containers"), "spec", "template", "spec", "containers"));
        world.run(120);
        assertThat(slicePorts()).containsExactly(9090);
    }

    @Test
    void givesServicesAnAddressAndNodePorts() {
        service("NodePort");
        Service made = KubeProjection.service(
                world.store().get("Service", "web", "shop").orElseThrow());

        assertThat(made.clusterIp().orElseThrow()).startsWith("10.100.");
        assertThat(made.ports().get(0).nodePort().orElseThrow()).isBetween(30_000, 32_767);
    }

    @Test
    void aServiceThatBecomesNodePortKeepsItsPortsOnTheNextChange() {
        service("ClusterIP");
        world.change("Service", "shop", s -> Trees.with(s, "NodePort", "spec", "type"));
        int first = nodePort();
        world.change("Service", "shop", s -> Trees.with(s, "x", "metadata", "annotations", "a"));

        assertThat(nodePort()).isEqualTo(first);
    }

    @Test
    void aServiceThatIsNoLongerNodePortGivesItsPortsUp() {
        service("NodePort");
        world.change("Service", "shop", s -> Trees.with(s, "ClusterIP", "spec", "type"));

        Service made = KubeProjection.service(
                world.store().get("Service", "web", "shop").orElseThrow());
        assertThat(made.ports().get(0).nodePort()).isEmpty();
        assertThat(made.ports().get(0).port()).isPositive();
    }

    @Test
    void aNodeThatIsNotReadyIsTaintedAndItsPodsGoAfterFiveMinutes() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        Node lost = world.node(0);
        List<String> there = world.pods("shop").stream()
                .filter(p -> p.node().equals(Optional.of(lost.name())))
                .map(Pod::uid)
                .toList();
        assertThat(there).isNotEmpty();
        world.network.broken.add(lost.name());
        world.kernel.hostChanged(lost.name());
        world.run(20);
        assertThat(world.nodes().stream()
                        .filter(n -> n.name().equals(lost.name()))
                        .findFirst()
                        .orElseThrow()
                        .taints())
                .extracting(t -> t.key() + ":" + t.effect())
                .contains("node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute");
        world.run(270);
        assertThat(world.pods("shop")).extracting(Pod::uid).containsAll(there);
        world.run(60);
        assertThat(world.pods("shop")).extracting(Pod::uid).doesNotContainAnyElementsOf(there);
        assertThat(world.ready("shop")).hasSize(3);
    }

    @Test
    void aNodeThatRecoversLosesItsTaintsAndKeepsItsPods() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        List<String> before = world.pods("shop").stream().map(Pod::uid).toList();
        world.network.broken.add(world.node(0).name());
        world.run(120);
        world.network.broken.clear();
        world.run(600);

        assertThat(world.nodes()).allMatch(n -> n.taints().isEmpty() && n.ready());
        assertThat(world.pods("shop")).extracting(Pod::uid).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void withEveryNodeInTroubleNothingIsEvicted() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        List<String> before = world.pods("shop").stream().map(Pod::uid).toList();
        world.nodes().forEach(n -> world.network.broken.add(n.name()));
        world.run(1200);

        assertThat(world.pods("shop")).extracting(Pod::uid).containsExactlyInAnyOrderElementsOf(before);
        assertThat(world.nodes())
                .allMatch(n -> n.taints().stream().noneMatch(t -> t.effect().equals("NoExecute")));
    }

    @Test
    void cordoningTaintsAndUncordoningTakesTheTaintAway() {
        Node node = world.node(0);
        world.changeNode(node.name(), n -> Trees.with(n, true, "spec", "unschedulable"));
        world.run(2);
        assertThat(world.node(0).tainted("node.kubernetes.io/unschedulable")).isTrue();
        world.changeNode(node.name(), n -> Trees.without(n, "spec", "unschedulable"));
        world.run(2);
        assertThat(world.node(0).taints()).isEmpty();
    }

    @Test
    void podsOfANodeThatIsGoneAreRemovedAndMadeAgain() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        String gone = world.node(0).name();
        world.store().delete("Node", "", gone, Optional.empty());
        world.run(180);

        assertThat(world.ready("shop")).hasSize(3).noneMatch(p -> p.node().equals(Optional.of(gone)));
    }

    @Test
    void aNamespaceTakesEverythingAlongAndTakesNothingNewMeanwhile() {
        world.workload("Deployment", "shop", Trees.of("replicas", 2));
        world.run(60);
        world.store().delete("Namespace", "", "web", Optional.empty());

        assertThatThrownBy(() -> service("ClusterIP")).hasMessageContaining("is being terminated");
        world.run(120);
        assertThat(world.store().get("Namespace", "", "web")).isEmpty();
        assertThat(world.store().list("Pod", "web")).isEmpty();
    }

    @Test
    void aNamespaceWaitsForAnAggregatedApiThatDoesNotAnswer() {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "apiregistration.k8s.io/v1",
                                "kind",
                                "APIService",
                                "metadata",
                                Trees.of("name", "v1beta1.metrics.k8s.io"),
                                "spec",
                                Trees.of("service", Trees.of("namespace", "web", "name", "none"))),
                        "test");
        world.store().delete("Namespace", "", "web", Optional.empty());
        world.run(300);

        assertThat(world.store().get("Namespace", "", "web")).isPresent();
    }

    @Test
    void whatAFinalizerHoldsStaysUntilItIsTakenOff() {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion", "v1",
                                "kind", "ConfigMap",
                                "metadata", Trees.of("namespace", "web", "name", "held", "finalizers", List.of("a/b"))),
                        "test");
        world.store().delete("ConfigMap", "web", "held", Optional.empty());
        assertThat(world.store().get("ConfigMap", "web", "held")).isPresent();
        world.change("ConfigMap", "held", m -> Trees.without(m, "metadata", "finalizers"));
        assertThat(world.store().get("ConfigMap", "web", "held")).isEmpty();
    }

    @Test
    void aJobRunsItsPodsToTheirEnd() {
        world.workload("Job", "import", Trees.of("parallelism", 2, "completions", 3));
        world.run(30);
        assertThat(world.pods("import")).hasSize(2);
        world.run(300);

        assertThat(world.pods("import")).hasSize(3).allMatch(p -> p.phase() == Pod.Phase.SUCCEEDED);
        assertThat(world.workload("Job", "import").desired()).isZero();
    }

    private Endpoints endpoints() {
        return world.port.read(Set.of(Part.ENDPOINTS)).resources().stream()
                .map(Endpoints.class::cast)
                .filter(e -> e.key().equals("web/shop"))
                .findFirst()
                .orElseThrow();
    }

    private List<Object> slicePorts() {
        return world.store().list("EndpointSlice", "web").stream()
                .filter(s -> KubeProjection.serviceOf(s).equals(Optional.of("web/shop")))
                .flatMap(s -> io.cnishift.api.cluster.Tree.maps(s, "ports").stream())
                .map(p -> p.get("port"))
                .toList();
    }

    private int nodePort() {
        return KubeProjection.service(world.store()
                        .get(new ObjectKey("Service", "web", "shop"))
                        .orElseThrow())
                .ports()
                .get(0)
                .nodePort()
                .orElseThrow();
    }

    private void service(String type) {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Service",
                                "metadata",
                                Trees.of("namespace", "web", "name", "shop"),
                                "spec",
                                Trees.of(
                                        "type", type,
                                        "selector", Map.of("app", "shop"),
                                        "ports", List.of(Trees.of("name", "http", "port", 80, "targetPort", "http")))),
                        "test");
    }

    private static Map<String, Object> port(Map<String, Object> spec, int port) {
        return Trees.with(
                spec,
                List.of(Trees.of(
                        "name", "main",
                        "image", "example/shop:1",
                        "ports", List.of(Trees.of("name", "http", "containerPort", port)))),
                "containers");
    }
}
