package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.scenario.production.ProductionCluster;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** NodePools of a production cluster under pods that want more nodes of them than there are. */
final class KarpenterTest {

    private static final String POOL = "batch";

    private final Kernel kernel = Simulation.open(withoutOwners(ProductionCluster.of(50)), new Settings(1, Map.of()))
            .kernel();
    private final Cloud cloud = Cloud.of(kernel);
    private final List<Instance> before = live(POOL);

    @Test
    void launchesANodeForAPodThatNoNodeCanTake() {
        spread(before.size() + 1, POOL);
        minutes(5);

        assertThat(live(POOL)).hasSize(before.size() + 1);
        assertThat(running()).isEqualTo(before.size() + 1);
        assertThat(cloud.group(POOL).orElseThrow().desiredSize()).isEqualTo(before.size() + 1);
        assertThat(nodes())
                .allSatisfy(n -> assertThat(n.labels())
                        .containsEntry("karpenter.sh/nodepool", POOL)
                        .containsEntry("karpenter.sh/capacity-type", "spot")
                        .containsEntry("example.com/pool", POOL));
    }

    @Test
    void launchesNothingBeyondTheLimitsOfAPool() {
        change(POOL, "0", "spec", "limits", "cpu");
        spread(before.size() + 1, POOL);
        minutes(5);

        assertThat(live(POOL)).hasSize(before.size());
        assertThat(running()).isEqualTo(before.size());
    }

    @Test
    void prefersTheHeavierPoolAndItsNodesJoinWithStartupTaints() {
        Map<String, Object> twin =
                Trees.with(Trees.with(written(POOL), Trees.of("name", "twin"), "metadata"), 1, "spec", "weight");
        Map<String, Object> taint = Trees.of("key", "example.com/not-yet", "effect", "NoSchedule");
        kernel.objects().create(Trees.with(twin, List.of(taint), "spec", "template", "spec", "startupTaints"), "test");
        anywhereIn(POOL, before.size() + 1);
        minutes(5);

        assertThat(live(POOL)).hasSize(before.size());
        assertThat(live("twin")).hasSize(1);
        Node joined = nodes().stream()
                .filter(n -> "twin".equals(n.labels().get("karpenter.sh/nodepool")))
                .findFirst()
                .orElseThrow();
        assertThat(joined.taints()).contains(new Taint("example.com/not-yet", "", "NoSchedule"));
        assertThat(running()).isEqualTo(before.size());
    }

    @Test
    void takesAnEmptyNodeAwayAfterItsTimeUnlessTheBudgetForbidsIt() {
        spread(before.size() + 1, POOL);
        minutes(5);
        change(POOL, List.of(Trees.of("nodes", "0")), "spec", "disruption", "budgets");
        kernel.objects().delete("Deployment", "kube-system", "hold", Optional.empty());
        minutes(15);
        assertThat(live(POOL)).hasSize(before.size() + 1);

        change(POOL, List.of(Trees.of("nodes", "1")), "spec", "disruption", "budgets");
        minutes(5);

        assertThat(live(POOL)).isEqualTo(before);
    }

    @Test
    void endsTheNodesOfAPoolThatIsDeleted() {
        kernel.objects().delete("NodePool", "", POOL, Optional.empty());
        minutes(10);

        assertThat(cloud.group(POOL)).isEmpty();
        assertThat(cloud.view().all(Part.INSTANCES, Instance.class)).doesNotContainAnyElementsOf(before);
    }

    /** Pods that each want a node of that pool to themselves. */
    private void spread(int pods, String pool) {
        deploy(pods, Map.of("karpenter.sh/nodepool", pool));
    }

    /** The same, of any pool with that label. */
    private void anywhereIn(String label, int pods) {
        deploy(pods, Map.of("example.com/pool", label));
    }

    private void deploy(int pods, Map<String, Object> selector) {
        Map<String, Object> labels = Map.of("app", "hold");
        Map<String, Object> apart = Map.of(
                "requiredDuringSchedulingIgnoredDuringExecution",
                List.of(Map.of(
                        "labelSelector", Map.of("matchLabels", labels), "topologyKey", "kubernetes.io/hostname")));
        Map<String, Object> pod = Map.of(
                "nodeSelector",
                selector,
                "affinity",
                Map.of("podAntiAffinity", apart),
                "containers",
                List.of(Map.of("name", "hold", "image", "registry.k8s.io/pause:3.10")));
        kernel.objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "apps/v1",
                                "kind",
                                "Deployment",
                                "metadata",
                                Trees.of("name", "hold", "namespace", "kube-system"),
                                "spec",
                                Trees.of(
                                        "replicas",
                                        pods,
                                        "selector",
                                        Map.of("matchLabels", labels),
                                        "template",
                                        Map.of("metadata", Map.of("labels", labels), "spec", pod))),
                        "test");
    }

    private void change(String pool, Object value, String... path) {
        kernel.objects().update("NodePool", "", pool, "test", p -> Trees.with(p, value, path));
    }

    /** NodePools that nobody takes changes of back from. */
    private static ClusterSnapshot withoutOwners(ClusterSnapshot snapshot) {
        List<Resource> resources = snapshot.resources()
                .map(r -> r instanceof NodePool pool ? new NodePool(pool.name(), pool.spec(), Owner.NONE) : r)
                .toList();
        return ClusterSnapshot.of(snapshot.source(), snapshot.takenAt(), resources, snapshot.unknown());
    }

    private Map<String, Object> written(String pool) {
        return kernel.objects().get("NodePool", "", pool).orElseThrow();
    }

    private void minutes(int minutes) {
        kernel.clock().pass(Duration.ofMinutes(minutes));
    }

    private List<Instance> live(String pool) {
        return Scaler.live(cloud, cloud.group(pool).orElseThrow());
    }

    private List<Node> nodes() {
        return kernel.objects().list("Node").stream()
                .map(KubeProjection::node)
                .filter(n -> POOL.equals(n.labels().get("example.com/pool")))
                .toList();
    }

    private long running() {
        return kernel.objects().list("Pod", "kube-system").stream()
                .filter(p -> Tree.text(p, "metadata", "labels", "app")
                        .filter("hold"::equals)
                        .isPresent())
                .map(KubeProjection::pod)
                .filter(Pod::ready)
                .count();
    }
}
