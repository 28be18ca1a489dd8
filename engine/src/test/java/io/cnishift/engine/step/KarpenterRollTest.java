package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A roll between two NodePools, which have no size to set. */
final class KarpenterRollTest {

    private final RollNodesHandler handler = new RollNodesHandler();

    private static RollNodes params(int surge) {
        return params(surge, List.of());
    }

    private static RollNodes params(int surge, List<String> mayRemain) {
        return new RollNodes(
                "old",
                "new",
                surge,
                2,
                Map.of(),
                RollNodes.Singletons.ROLLOUT,
                false,
                false,
                List.of(),
                Make.CILIUM,
                List.of("node.cilium.io/agent-not-ready"),
                Optional.empty(),
                58,
                "",
                600,
                mayRemain,
                2,
                false,
                List.of(),
                List.of(),
                RollNodes.Extent.ALL);
    }

    private static MiniCluster cluster(int nodes) {
        MiniCluster cluster = new MiniCluster().nodeLabel(Make.CILIUM);
        cluster.scene.with(
                Make.awsNode(3).build(),
                Make.workload("DaemonSet", "kube-system", "cilium", 3).build());
        return cluster.group("old", nodes, NodeGroup.Kind.KARPENTER)
                .group("new", 0, NodeGroup.Kind.KARPENTER)
                .deployment("nginx", 8, "25%", "25%")
                .deployment("httpd", 2, "25%", "25%");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void replacesAllNodesByThoseThatPodsHold(int surge) {
        MiniCluster cluster = cluster(4);

        StepOutcome end = cluster.run(handler, params(surge), false);

        assertThat(end).isInstanceOf(StepOutcome.Done.class);
        assertThat(((StepOutcome.Done) end).detail()).isEqualTo("4 nodes of old replaced");
        assertThat(cluster.scene.view().nodesOf("old")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("new")).hasSize(4);
        assertThat(cluster.mostNodes()).isLessThanOrEqualTo(4 + surge);
        assertThat(cluster.log).noneMatch(l -> l.contains("SetGroupSize") || l.contains("NodePool old"));
        assertThat(cluster.scene.view().workload("Deployment/kube-system/cnishift-hold-new"))
                .isEmpty();
    }

    @Test
    void provesTheFirstNewNodesBeforeItDrains() {
        MiniCluster cluster = cluster(4).breakPath("kubernetes.default");

        assertThat(cluster.run(handler, params(1), false)).isInstanceOf(StepOutcome.Blocked.class);

        assertThat(cluster.log).noneMatch(l -> l.startsWith("EvictPod"));
    }

    @Test
    void freezesTheOldPoolBeforeItDrainsAndOpensItOnTheWayBack() {
        Map<String, Object> spec = Map.of(
                "limits", Map.of("cpu", "100", "memory", "400Gi"),
                "disruption", Map.of("consolidateAfter", "1m", "budgets", List.of(Map.of("nodes", "10%"))),
                "template", Map.of("metadata", Map.of("labels", Map.of("a", "b"))));
        MiniCluster cluster = cluster(3);
        cluster.scene.with(new NodePool("old", spec, Owner.NONE), new NodePool("new", Map.of(), Owner.NONE));

        assertThat(cluster.run(handler, params(1), false)).isInstanceOf(StepOutcome.Done.class);

        assertThat(cluster.log)
                .filteredOn(l -> l.contains("NodePool old") || l.startsWith("EvictPod"))
                .hasSizeGreaterThan(1)
                .first()
                .asString()
                .contains("NodePool old");
        assertThat(pool(cluster, "old"))
                .containsEntry("limits", Map.of("cpu", "0", "memory", "400Gi"))
                .containsEntry("disruption", Map.of("consolidateAfter", "1m", "budgets", List.of(Map.of("nodes", "0"))))
                .containsEntry("template", spec.get("template"));

        assertThat(cluster.run(handler, params(1), true)).isInstanceOf(StepOutcome.Done.class);

        assertThat(pool(cluster, "old")).isEqualTo(spec);
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(3);
    }

    @Test
    void opensAPoolAtTheEndWhoseNodesMayRemain() {
        Map<String, Object> spec = Map.of("limits", Map.of("cpu", "100"));
        MiniCluster cluster = cluster(3);
        cluster.scene.with(new NodePool("old", spec, Owner.NONE), new NodePool("new", Map.of(), Owner.NONE));
        cluster.scene.with(
                Make.workload("StatefulSet", "web", "db", 1).build(),
                Make.pod("web", "db-0")
                        .ownedBy("StatefulSet", "db")
                        .label("app", "db")
                        .on(cluster.scene
                                .view()
                                .nodesOf("old")
                                .iterator()
                                .next()
                                .name())
                        .build(),
                Make.budget("web", "db", Map.of("app", "db"), 0, 1, 1));

        StepOutcome end = cluster.run(handler, params(1, List.of("old")), false);

        assertThat(((StepOutcome.Done) end).deferred()).hasSize(1);
        assertThat(cluster.log).anyMatch(l -> l.contains("NodePool old"));
        assertThat(pool(cluster, "old")).isEqualTo(spec);
    }

    @Test
    void saysThatAnEmptyPoolLaunchesNoMore() {
        MiniCluster cluster = cluster(3);
        cluster.scene.with(new NodePool("old", Map.of(), Owner.NONE), new NodePool("new", Map.of(), Owner.NONE));

        StepOutcome end = cluster.run(handler, params(1), false);

        assertThat(((StepOutcome.Done) end).detail())
                .isEqualTo("3 nodes of old replaced, its NodePool launches no more");
    }

    @Test
    void leavesAPoolToAnOwnerWhoOpensItAgainAndAgain() {
        View view = new Scene().with(new NodePool("old", Map.of(), Owner.NONE)).view();
        FakeProgress progress = new FakeProgress();
        PatchObject freeze = PoolFreeze.of(view, "old", progress).orElseThrow();

        progress.did(freeze, Map.of()).did(freeze, Map.of());
        assertThat(PoolFreeze.of(view, "old", progress)).contains(freeze);
        progress.did(freeze, Map.of());
        assertThat(PoolFreeze.of(view, "old", progress)).isEmpty();
    }

    private static Map<String, Object> pool(MiniCluster cluster, String name) {
        return cluster.scene
                .view()
                .get(Part.NODE_POOLS, NodePool.class, name)
                .orElseThrow()
                .spec();
    }

    @Test
    void goesBackToOldNodesWhileTheNewPoolLaunchesNone() {
        MiniCluster cluster = cluster(3);
        cluster.scene.with(new NodePool("new", Map.of(), Owner.NONE));
        cluster.run(handler, params(1), false);

        StepOutcome end = cluster.run(handler, params(1), true);

        assertThat(end).isInstanceOf(StepOutcome.Done.class);
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
        assertThat(cluster.scene.view().nodesOf("old")).hasSize(3);
        assertThat(cluster.scene.view().get(Part.NODE_POOLS, NodePool.class, "new"))
                .hasValueSatisfying(pool -> assertThat(pool.closed()).isTrue());
        assertThat(cluster.scene.view().workload("Deployment/kube-system/cnishift-hold-old"))
                .isEmpty();
        assertThat(cluster.log).noneMatch(l -> l.contains("NodePool old"));
    }
}
