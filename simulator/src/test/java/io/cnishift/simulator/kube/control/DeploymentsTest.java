package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeploymentsTest {
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void bringsItsReplicasUp() {
        deploy(3, "25%", "25%");
        world.run(60);

        assertThat(world.ready("shop")).hasSize(3);
        assertThat(world.workload("Deployment", "shop").settled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // replicas, maxSurge, maxUnavailable, most pods at once, fewest available
        "10, 25%, 25%, 13, 8",
        "4, 25%, 25%, 5, 3",
        "1, 25%, 25%, 2, 1",
        "3, 1, 0, 4, 3",
        "3, 0, 1, 3, 2",
        "10, 0, 25%, 10, 8",
        // both come to nothing: one may be unavailable
        "3, 0, 0%, 3, 2",
    })
    void staysWithinItsBoundsWhileItRolls(int replicas, String surge, String unavailable, int most, int fewest) {
        deploy(replicas, surge, unavailable);
        world.run(120);
        world.restart("Deployment", "shop", "1");

        int highest = 0;
        int lowest = replicas;
        for (int i = 0; i < 600; i++) {
            world.run(1);
            long living =
                    world.pods("shop").stream().filter(p -> !p.terminating()).count();
            highest = Math.max(highest, (int) living);
            lowest = Math.min(lowest, world.ready("shop").size());
        }

        assertThat(highest).isEqualTo(most);
        assertThat(lowest).isEqualTo(fewest);
        assertThat(world.workload("Deployment", "shop").settled()).isTrue();
        assertThat(world.pods("shop")).hasSize(replicas);
    }

    @Test
    void anotherTemplateMakesAnotherReplicaSetAndTheOldOneIsKeptEmpty() {
        deploy(2, "1", "0");
        world.run(60);
        String before = hash(world.pods("shop").get(0));
        world.restart("Deployment", "shop", "1");
        world.run(120);

        assertThat(world.pods("shop")).extracting(DeploymentsTest::hash).doesNotContain(before);
        assertThat(sets()).isEqualTo(2);
    }

    @Test
    void goingBackTakesTheOldReplicaSetAgain() {
        deploy(2, "1", "0");
        world.run(60);
        String before = hash(world.pods("shop").get(0));
        world.restart("Deployment", "shop", "1");
        world.run(120);
        world.change("Deployment", "shop", d -> Trees.without(d, "spec", "template", "metadata", "annotations"));
        world.run(120);

        assertThat(world.pods("shop")).extracting(DeploymentsTest::hash).containsOnly(before);
        assertThat(sets()).isEqualTo(2);
    }

    @Test
    void recreateEndsEveryOldPodBeforeTheFirstNewOne() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3, "strategy", Trees.of("type", "Recreate")));
        world.run(60);
        String before = hash(world.pods("shop").get(0));
        world.restart("Deployment", "shop", "1");

        boolean mixed = false;
        for (int i = 0; i < 120; i++) {
            world.run(1);
            mixed |= world.pods("shop").stream()
                            .map(DeploymentsTest::hash)
                            .distinct()
                            .count()
                    > 1;
        }

        assertThat(mixed).isFalse();
        assertThat(world.ready("shop"))
                .hasSize(3)
                .extracting(DeploymentsTest::hash)
                .doesNotContain(before);
    }

    @Test
    void pausedItRollsNothingButStillScales() {
        deploy(2, "1", "0");
        world.run(60);
        String before = hash(world.pods("shop").get(0));
        world.change("Deployment", "shop", d -> Trees.with(d, true, "spec", "paused"));
        world.restart("Deployment", "shop", "1");
        world.change("Deployment", "shop", d -> Trees.with(d, 4, "spec", "replicas"));
        world.run(120);

        assertThat(world.ready("shop"))
                .hasSize(4)
                .extracting(DeploymentsTest::hash)
                .containsOnly(before);
    }

    @Test
    void aRolloutWhosePodsNeverGetReadyStopsAtItsBounds() {
        deploy(4, "1", "1");
        world.run(60);
        world.kernel
                .containers()
                .playedBy(p -> io.cnishift.api.cluster.Tree.text(p, "metadata", "annotations", "restart")
                        .map(r -> io.cnishift.simulator.Containers.Ailment.notReady("broken")));
        world.restart("Deployment", "shop", "1");
        world.run(600);

        Workload shop = world.workload("Deployment", "shop");
        assertThat(world.ready("shop")).hasSize(3);
        assertThat(shop.settled()).isFalse();
        assertThat(shop.updated()).isEqualTo(2);
    }

    @Test
    void minReadySecondsHoldTheRolloutBack() {
        world.workload(
                "Deployment", "shop", Trees.of("replicas", 2, "minReadySeconds", 60, "strategy", strategy("1", "0")));
        world.run(30);
        assertThat(world.ready("shop")).hasSize(2);
        assertThat(world.workload("Deployment", "shop").available()).isZero();
        world.run(60);
        assertThat(world.workload("Deployment", "shop").available()).isEqualTo(2);
    }

    @Test
    void aSetThatIsCurrentAgainCountsItsPodsAsTheDeploymentSaysNow() {
        deploy(2, "1", "0");
        world.run(60);
        world.restart("Deployment", "shop", "1");
        world.run(120);
        world.change(
                "Deployment",
                "shop",
                d -> Trees.with(
                        Trees.without(d, "spec", "template", "metadata", "annotations"),
                        60,
                        "spec",
                        "minReadySeconds"));
        world.run(50);

        assertThat(world.workload("Deployment", "shop").settled()).isFalse();
    }

    @Test
    void deletingItTakesItsSetsAndPodsAlong() {
        deploy(3, "1", "0");
        world.run(60);
        world.store().delete("Deployment", "web", "shop", java.util.Optional.empty());
        world.run(60);

        assertThat(world.pods("shop")).isEmpty();
        assertThat(sets()).isZero();
    }

    @Test
    void scalingDownRemovesWhatDoesNotServeFirst() {
        deploy(3, "1", "0");
        world.run(60);
        world.kernel
                .containers()
                .playedBy(p -> java.util.Optional.of(io.cnishift.simulator.Containers.Ailment.notReady("not yet")));
        world.change("Deployment", "shop", d -> Trees.with(d, 5, "spec", "replicas"));
        world.run(60);
        world.change("Deployment", "shop", d -> Trees.with(d, 3, "spec", "replicas"));
        world.run(60);

        assertThat(world.ready("shop")).hasSize(3);
    }

    private void deploy(int replicas, String surge, String unavailable) {
        world.workload("Deployment", "shop", Trees.of("replicas", replicas, "strategy", strategy(surge, unavailable)));
    }

    private static Map<String, Object> strategy(String surge, String unavailable) {
        return Trees.of(
                "type",
                "RollingUpdate",
                "rollingUpdate",
                Trees.of("maxSurge", bound(surge), "maxUnavailable", bound(unavailable)));
    }

    private static Object bound(String text) {
        return text.endsWith("%") ? text : (Object) Integer.valueOf(text);
    }

    private long sets() {
        return world.store().list("ReplicaSet", "web").stream()
                .filter(s -> io.cnishift.simulator.kube.Pods.key(s).name().startsWith("shop-"))
                .count();
    }

    private static String hash(Pod pod) {
        return pod.labels().get("pod-template-hash");
    }
}
