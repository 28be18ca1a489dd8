package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NodePool;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.plan.Intent;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is planned for the NodePools of a production cluster. */
final class KarpenterPlanTest {

    private final Clusters production =
            accepting(new Clusters(Asked.scenario("prod-50"), Intent.NONE, Map.of(), Map.of())
                    .option("podCidr", "10.96.0.0/13")
                    .option("maxPods", 58)
                    .option("securityGroupsForPods", "drop")
                    .option("controlPlanePods", "leave-on-vpc-cni")
                    .option("singletons", "evict"));

    @Test
    void copiesThePoolWithTheLabelOfTheNewSideAndOutweighsIt() {
        Map<String, Object> pool = manifest("group-batch");

        assertThat(Tree.text(pool, "metadata", "name")).contains("batch-overlay");
        assertThat(Tree.number(pool, 0, "spec", "weight")).isEqualTo(1);
        assertThat(Tree.strings(pool, "spec", "template", "metadata", "labels"))
                .containsEntry("example.com/pool", "batch")
                .containsEntry("io.cilium.migration/cilium-default", "true")
                .hasSize(2);
        assertThat(Tree.maps(pool, "spec", "template", "spec", "startupTaints"))
                .extracting(t -> t.get("key"))
                .containsExactly("node.cilium.io/agent-not-ready");
        assertThat(Tree.list(pool, "spec", "template", "spec", "requirements"))
                .isEqualTo(Tree.list(written("batch").spec(), "template", "spec", "requirements"));
        assertThat(Tree.maps(pool, "spec", "disruption", "budgets")).containsExactly(Map.of("nodes", "0"));
    }

    @Test
    void letsTheTwinBeDisruptedAsTheOldPoolWasAtTheEnd() {
        assertThat(Tree.map(manifest("release-batch-overlay"), "spec", "disruption"))
                .isEqualTo(Tree.map(written("batch").spec(), "disruption"));
    }

    @Test
    void givesTheTwinANodeClassThatAdmitsMorePods() {
        Map<String, Object> nodeClass = manifest("class-batch");

        assertThat(Tree.text(manifest("group-batch"), "spec", "template", "spec", "nodeClassRef", "name"))
                .contains("batch-overlay")
                .isEqualTo(Tree.text(nodeClass, "metadata", "name"));
        assertThat(Tree.number(nodeClass, 0, "spec", "kubelet", "maxPods")).isEqualTo(58);
        assertThat(Tree.number(nodeClass, 0, "spec", "metadataOptions", "httpPutResponseHopLimit"))
                .isEqualTo(3);
        assertThat(Tree.list(nodeClass, "spec", "subnetSelectorTerms")).hasSize(3);
    }

    @Test
    void rollsOntoTheTwinAndOnlyFreezesThePool() {
        assertThat(steps())
                .filteredOn(s -> s.params() instanceof RollNodes)
                .extracting(s -> ((RollNodes) s.params()).to())
                .contains("batch-overlay", "default-overlay");
        assertThat(steps())
                .filteredOn(s -> s.touches().contains("node-pools/batch"))
                .allMatch(s -> s.params() instanceof RollNodes)
                .hasSize(1);
        assertThat(steps())
                .filteredOn(s -> s.params() instanceof ParkAutoscaling)
                .allMatch(s -> !((ParkAutoscaling) s.params()).groups().contains("batch"));
    }

    @Test
    void keepsPodsThatSelectALabelOfThePool() {
        assertThat(production.findings()).extracting(Finding::code).doesNotContain("OVL-PINNED", "OVL-KARPENTER");
    }

    @Test
    void refusesAPoolThatCannotBeCopied() {
        for (Clusters cluster : List.of(
                production.without("nodeClasses"),
                production.without("nodePools"),
                production.change(
                        "nodePools", "name", "batch", p -> Tree.map(p, "spec").put("replicas", 3)),
                production.change(
                        "nodePools", "name", "batch", p -> Tree.map(p, "spec").put("weight", 100)))) {
            assertThat(cluster.refusal()).contains("OVL-KARPENTER");
        }
    }

    private static Clusters accepting(Clusters cluster) {
        Clusters accepted = cluster;
        for (String code : cluster.refusal()) {
            accepted = accepted.accept(code);
        }
        return accepted;
    }

    private NodePool written(String name) {
        return production.snapshot().nodePools().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Step> steps() {
        return production.steps();
    }

    private Map<String, Object> manifest(String step) {
        return production.params(step, ApplyManifest.class).object();
    }
}
