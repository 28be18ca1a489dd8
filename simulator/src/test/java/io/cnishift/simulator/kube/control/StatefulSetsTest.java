package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Pod;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatefulSetsTest {
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void makesPodsInOrderEachReadyBeforeTheNext() {
        world.workload("StatefulSet", "db", Trees.of("replicas", 3));
        for (int i = 0; i < 120; i++) {
            world.run(1);
            List<Pod> pods = world.pods("db");
            for (int n = 1; n < pods.size(); n++) {
                assertThat(pods.get(n - 1).ready())
                        .as("db-%d before db-%d", n - 1, n)
                        .isTrue();
            }
        }

        assertThat(world.ready("db")).extracting(Pod::name).containsExactly("db-0", "db-1", "db-2");
    }

    @Test
    void updatesFromTheHighestAndOneAtATime() {
        world.workload("StatefulSet", "db", Trees.of("replicas", 3));
        world.run(120);
        List<String> old = world.pods("db").stream().map(Pod::uid).toList();
        world.restart("StatefulSet", "db", "1");

        List<String> order = new ArrayList<>();
        int fewest = 3;
        for (int i = 0; i < 300; i++) {
            world.run(1);
            fewest = Math.min(fewest, world.ready("db").size());
            world.pods("db").stream()
                    .filter(p -> !old.contains(p.uid()) && !order.contains(p.name()))
                    .forEach(p -> order.add(p.name()));
        }

        assertThat(order).containsExactly("db-2", "db-1", "db-0");
        assertThat(fewest).isEqualTo(2);
        assertThat(world.workload("StatefulSet", "db").settled()).isTrue();
    }

    @Test
    void aParallelSetMakesItsPodsTogetherButUpdatesOneAtATime() {
        world.workload("StatefulSet", "db", Trees.of("replicas", 3, "podManagementPolicy", "Parallel"));
        world.run(1);
        assertThat(world.pods("db")).hasSize(3);
        world.run(60);
        world.restart("StatefulSet", "db", "1");

        int fewest = 3;
        for (int i = 0; i < 300; i++) {
            world.run(1);
            fewest = Math.min(fewest, world.ready("db").size());
        }

        assertThat(fewest).isEqualTo(2);
        assertThat(world.workload("StatefulSet", "db").settled()).isTrue();
    }

    @Test
    void aPodOfThatNameComesBackOnlyAfterTheOldOneIsGone() {
        world.workload(
                "StatefulSet", "db", Trees.of("replicas", 1), s -> Trees.with(s, 60, "terminationGracePeriodSeconds"));
        world.change(
                "StatefulSet",
                "db",
                s -> Trees.with(
                        s, "40", "spec", "template", "metadata", "annotations", "cnishift.io/terminate-seconds"));
        world.run(60);
        Pod first = world.pods("db").get(0);
        world.evict(first);
        world.run(30);
        assertThat(world.pods("db")).extracting(Pod::uid).containsExactly(first.uid());

        world.run(60);
        assertThat(world.ready("db")).hasSize(1).extracting(Pod::uid).doesNotContain(first.uid());
    }

    @Test
    void givesEachPodAClaimOfItsOwnWhichStaysWhenThePodMoves() {
        world.workload(
                "StatefulSet",
                "db",
                Trees.of(
                        "replicas",
                        1,
                        "volumeClaimTemplates",
                        List.of(Trees.of("metadata", Trees.of("name", "data"), "spec", Trees.of()))));
        world.run(60);
        Pod first = world.ready("db").get(0);
        assertThat(first.volumes()).extracting(v -> v.claim().orElse("")).containsExactly("web/data-db-0");
        String zone = zone(first);

        world.nodes().stream()
                .filter(n -> n.name().equals(first.node().orElseThrow()))
                .forEach(n -> world.changeNode(n.name(), t -> Trees.with(t, true, "spec", "unschedulable")));
        world.evict(first);
        world.run(300);

        List<Pod> moved = world.pods("db");
        assertThat(moved).hasSize(1);
        boolean sameZoneLeft = world.nodes().stream()
                .anyMatch(n -> !n.unschedulable() && n.zone().equals(zone));
        assertThat(moved.get(0).ready()).isEqualTo(sameZoneLeft);
        moved.get(0).node().ifPresent(n -> assertThat(zone(moved.get(0))).isEqualTo(zone));
    }

    @Test
    void aVolumeIsAttachedElsewhereOnlyAfterItsOldPodIsGone() {
        world.workload(
                "StatefulSet",
                "db",
                Trees.of(
                        "replicas",
                        1,
                        "volumeClaimTemplates",
                        List.of(Trees.of("metadata", Trees.of("name", "data"), "spec", Trees.of()))));
        world.run(60);
        assertThat(world.store().list("VolumeAttachment")).hasSize(1);
        Pod first = world.ready("db").get(0);
        world.store().delete("Pod", "web", first.name(), Optional.empty());
        world.run(120);

        assertThat(world.ready("db")).hasSize(1);
        assertThat(world.store().list("VolumeAttachment")).hasSize(1);
    }

    @Test
    void aPodThatWaitsForItsVolumeEndsWhenItIsDeletedWhateverIsAttachedMeanwhile() {
        world.workload(
                "StatefulSet",
                "db",
                Trees.of(
                        "replicas",
                        1,
                        "volumeClaimTemplates",
                        List.of(Trees.of("metadata", Trees.of("name", "data"), "spec", Trees.of()))));
        world.run(2);
        Pod waiting = world.pods("db").get(0);
        assertThat(world.waiting(waiting)).contains("waiting for volumes to be attached");

        world.change("StatefulSet", "db", s -> Trees.with(s, 0, "spec", "replicas"));
        world.run(1);
        assertThat(world.pods("db")).allMatch(Pod::terminating).hasSize(1);
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "storage.k8s.io/v1",
                                "kind",
                                "VolumeAttachment",
                                "metadata",
                                Trees.of("name", "of-another")),
                        "test");
        world.run(30);

        assertThat(world.pods("db")).isEmpty();
    }

    private String zone(Pod pod) {
        return world.nodes().stream()
                .filter(n -> n.name().equals(pod.node().orElseThrow()))
                .findFirst()
                .orElseThrow()
                .zone();
    }
}
