package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A roll of six nodes in a run that may not replace all of them. */
final class BoundRollTest {

    private static final String MARK = RollNodes.DRAIN;

    private final RollNodesHandler handler = new RollNodesHandler();
    private final MiniCluster cluster = new MiniCluster().nodeLabel(Make.CILIUM);

    BoundRollTest() {
        cluster.scene.with(
                Make.awsNode(3).build(),
                Make.workload("DaemonSet", "kube-system", "cilium", 3).build());
        cluster.group("old", 6, NodeGroup.Kind.SELF_MANAGED)
                .group("new", 0, NodeGroup.Kind.SELF_MANAGED)
                .deployment("nginx", 8, "25%", "25%");
    }

    private StepOutcome run(Bounds bounds, int surge) {
        cluster.progress.bound(bounds);
        return cluster.run(handler, RollNodesTest.params(surge, 2), false);
    }

    private List<Node> old() {
        return cluster.scene.view().nodesOf("old");
    }

    /** So many nodes in all, counted by their marks. */
    private Bounds nodes(int most) {
        return new Bounds() {
            @Override
            public int nodes() {
                long gone = 6 - old().size();
                long under = old().stream()
                        .filter(n -> n.annotations().containsKey(MARK))
                        .count();
                return (int) Math.max(0, most - gone - under);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void endsWhatItBeganWhenNoMoreNodesMayBeBegun(int surge) {
        assertThat(run(nodes(3), surge)).isEqualTo(new StepOutcome.Later("3 nodes of old"));
        assertThat(old()).hasSize(3).noneMatch(n -> n.annotations().containsKey(MARK) || n.unschedulable());
        assertThat(cluster.scene.view().nodesOf("new").size()).isBetween(3, 3 + surge);

        assertThat(run(Bounds.none(), surge)).isInstanceOf(StepOutcome.Done.class);
        assertThat(old()).isEmpty();
        assertThat(cluster.scene.view().nodesOf("new")).hasSize(6);
    }

    @Test
    void replacesTheNodesItTakesAloneAndTaintsTheOthers() {
        old().stream()
                .limit(2)
                .forEach(n ->
                        cluster.scene.with(MakeNode.like(n).label("tier", "web").build()));
        StepOutcome outcome = run(
                new Bounds() {
                    @Override
                    public boolean takes(String group, String zone, Map<String, String> labels) {
                        return group.equals("old") && zone.equals("a") && "web".equals(labels.get("tier"));
                    }
                },
                1);
        assertThat(outcome).isEqualTo(new StepOutcome.Later("4 nodes of old"));
        assertThat(old()).hasSize(4).allMatch(n -> !n.labels().containsKey("tier") && n.tainted(NodeMarks.TAINT));
    }

    @Test
    void beginsNothingWhenTheTimeIsShort() {
        StepOutcome outcome = run(
                new Bounds() {
                    @Override
                    public int nodes() {
                        return 0;
                    }
                },
                2);
        assertThat(outcome).isEqualTo(new StepOutcome.Later("6 nodes of old"));
        assertThat(old()).hasSize(6).noneMatch(Node::unschedulable);
        assertThat(cluster.scene.view().nodesOf("new")).isEmpty();
    }

    @Test
    void goesBackWithoutBounds() {
        assertThat(run(Bounds.none(), 1)).isInstanceOf(StepOutcome.Done.class);
        cluster.progress.bound(nodes(0)).turnedBack();
        assertThat(cluster.run(handler, RollNodesTest.params(1, 2), true)).isInstanceOf(StepOutcome.Done.class);
        assertThat(old()).hasSize(6);
    }
}
