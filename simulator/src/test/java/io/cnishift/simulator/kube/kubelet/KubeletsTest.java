package io.cnishift.simulator.kube.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.KubeWorld;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KubeletsTest {
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void aPodIsReadyOnlyAfterItsProbeWouldPass() {
        world.workload(
                "Deployment",
                "shop",
                Trees.of("replicas", 1),
                s -> container(s, Trees.of("readinessProbe", Trees.of("initialDelaySeconds", 40, "periodSeconds", 5))));
        world.run(39);
        assertThat(world.pods("shop").get(0).ready()).isFalse();
        world.run(30);
        assertThat(world.pods("shop").get(0).ready()).isTrue();
    }

    @Test
    void aPodWaitsForANetworkThatIsNotReadyAndHostNetworkDoesNot() {
        world.nodes().forEach(n -> world.network.broken.add(n.name()));
        world.workload(
                "DaemonSet",
                "agent",
                Trees.of(),
                s -> Trees.with(
                        Trees.with(s, List.of(Trees.of("operator", "Exists")), "tolerations"), true, "hostNetwork"));
        world.workload(
                "DaemonSet",
                "log",
                Trees.of(),
                s -> Trees.with(s, List.of(Trees.of("operator", "Exists")), "tolerations"));
        world.run(60);
        assertThat(world.ready("agent")).hasSize(3).allMatch(p -> p.address().isPresent());
        assertThat(world.ready("log")).isEmpty();
        assertThat(world.waiting(world.pods("log").get(0)).orElse("")).contains("cni plugin not initialized");

        world.network.broken.clear();
        world.run(60);
        assertThat(world.ready("log")).hasSize(3);
    }

    @Test
    void aSandboxThatIsRefusedIsAskedForAgain() {
        world.nodes().forEach(n -> world.network.full.add(n.name()));
        world.workload("Deployment", "shop", Trees.of("replicas", 1));
        world.run(60);
        assertThat(world.waiting(world.pods("shop").get(0)).orElse(""))
                .isEqualTo("FailedCreatePodSandBox: no addresses left");
        world.network.full.clear();
        world.run(60);
        assertThat(world.ready("shop")).hasSize(1);
    }

    @Test
    void aPodOfAJobThatRunsAlreadyEndsWhenItsTimeIsOver() {
        KubeWorld withJob =
                KubeWorld.of(withJob(Duration.ofHours(6), Duration.ofHours(6).plusMinutes(10)));
        withJob.run(9 * 60);
        assertThat(withJob.pods("report")).singleElement().matches(p -> p.phase() == Pod.Phase.RUNNING);
        withJob.run(2 * 60);

        assertThat(withJob.pods("report")).singleElement().matches(p -> p.phase() == Pod.Phase.SUCCEEDED);
        assertThat(Pods.conditionHolds(
                        withJob.store().get("Job", "web", "report").orElseThrow(), "Complete"))
                .isTrue();
    }

    /** The healthy cluster with a Job whose one pod is that old. */
    private static ClusterSnapshot withJob(Duration age, Duration runs) {
        ClusterSnapshot healthy = Clusters.healthy();
        Map<String, String> labels = Map.of("app", "report");
        Map<String, Object> spec = Map.of("restartPolicy", "Never", "containers", List.of(Map.of("name", "main")));
        Workload job = new Workload(
                "Job",
                "web",
                "report",
                "uid-job",
                "1000",
                1,
                1,
                1,
                1,
                1,
                1,
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of("matchLabels", labels),
                Map.of(),
                labels,
                Map.of("cnishift.io/run-seconds", String.valueOf(runs.toSeconds())),
                spec,
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE);
        Pod pod = new Pod(
                "web",
                "report-x",
                "uid-pod",
                "1000",
                Optional.of(new Pod.OwnerRef("Job", "report", "uid-job")),
                Optional.of(healthy.nodes().get(0).name()),
                Pod.Phase.RUNNING,
                true,
                Optional.of("10.0.0.200"),
                false,
                List.of(),
                labels,
                Map.of(),
                0,
                0,
                List.of(),
                "default",
                30,
                false,
                0,
                Optional.empty(),
                Clusters.TAKEN_AT.minus(age));
        return ClusterSnapshot.of(
                healthy.source(),
                healthy.takenAt(),
                Stream.concat(healthy.resources(), Stream.of(job, pod)).toList(),
                List.of());
    }

    @Test
    void givesTheAddressBackWhenThePodIsGoneHoweverItWent() {
        world.workload("Deployment", "shop", Trees.of("replicas", 2));
        world.run(60);
        Pod evicted = world.pods("shop").get(0);
        Pod forced = world.pods("shop").get(1);
        assertThat(world.network.wired).contains(evicted.uid(), forced.uid());
        world.evict(evicted);
        assertThat(world.network.wired).as("its processes still run").contains(evicted.uid());
        world.store().remove("Pod", "web", forced.name());
        world.run(60);

        assertThat(world.network.wired).doesNotContain(evicted.uid(), forced.uid());
    }

    @Test
    void aPodEndsWithinItsGracePeriod() {
        world.workload(
                "Deployment", "shop", Trees.of("replicas", 1), s -> Trees.with(s, 20, "terminationGracePeriodSeconds"));
        world.change(
                "Deployment",
                "shop",
                d -> Trees.with(
                        d, "3600", "spec", "template", "metadata", "annotations", "cnishift.io/terminate-seconds"));
        world.run(60);
        Pod pod = world.pods("shop").get(0);
        world.evict(pod);
        world.run(19);
        assertThat(world.pods("shop")).extracting(Pod::uid).contains(pod.uid());
        world.run(2);
        assertThat(world.pods("shop")).extracting(Pod::uid).doesNotContain(pod.uid());
    }

    @Test
    void aHostNetworkPodOnAPortOfTheNodeCrashes() {
        world.workload(
                "DaemonSet",
                "metrics",
                Trees.of(),
                s -> Trees.with(
                        container(s, Trees.of("ports", List.of(Trees.of("containerPort", 10250)))),
                        true,
                        "hostNetwork"));
        world.run(300);

        assertThat(world.ready("metrics")).isEmpty();
        assertThat(world.pods("metrics")).allMatch(p -> p.restarts() >= 4);
        assertThat(world.waiting(world.pods("metrics").get(0)).orElse("")).contains("address already in use");
    }

    @Test
    void twoHostNetworkPodsOnOnePortClashWhenTheSchedulerIsBypassed() {
        world.store().create(bound("first"), "test");
        world.run(30);
        world.store().create(bound("second"), "test");
        world.run(60);

        assertThat(world.pods("first").get(0).ready()).isTrue();
        assertThat(world.pods("second").get(0).ready()).isFalse();
        assertThat(world.waiting(world.pods("second").get(0)).orElse("")).contains("(by web/first)");

        world.store().delete("Pod", "web", "first", Optional.empty());
        world.run(300);
        assertThat(world.pods("second").get(0).ready()).isTrue();
    }

    @Test
    void whatAilsAContainerIsAskedAgainUntilItIsOver() {
        boolean[] ill = {true};
        world.kernel
                .containers()
                .playedBy(p -> ill[0] && "shop".equals(Pods.labels(p).get("app"))
                        ? Optional.of(Ailment.crashed("bad flag"))
                        : Optional.empty());
        world.workload("Deployment", "shop", Trees.of("replicas", 1));
        world.run(120);
        assertThat(world.pods("shop").get(0).ready()).isFalse();
        assertThat(world.pods("shop").get(0).restarts()).isBetween(3, 5);
        assertThat(world.waiting(world.pods("shop").get(0))).contains("bad flag");

        ill[0] = false;
        world.run(330);
        assertThat(world.pods("shop").get(0).ready()).isTrue();
    }

    @Test
    void aNodeWithoutPowerGoesUnknownAndItsPodsAreNotReady() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        Node dead = world.node(0);
        world.kernel.powered(n -> !n.equals(dead.name()));
        world.kernel.hostChanged(dead.name());
        world.run(30);
        assertThat(world.node(0).ready()).isTrue();
        world.run(40);

        assertThat(world.node(0).ready()).isFalse();
        assertThat(world.node(0).tainted("node.kubernetes.io/unreachable")).isTrue();
        assertThat(world.pods("shop"))
                .filteredOn(p -> p.node().equals(Optional.of(dead.name())))
                .isNotEmpty()
                .noneMatch(Pod::ready);
    }

    @Test
    void onANodeWithoutPowerNothingEnds() {
        world.workload("Deployment", "shop", Trees.of("replicas", 3));
        world.run(60);
        Node dead = world.node(0);
        Pod there = world.pods("shop").stream()
                .filter(p -> p.node().equals(Optional.of(dead.name())))
                .findFirst()
                .orElseThrow();
        world.kernel.powered(n -> !n.equals(dead.name()));
        world.kernel.hostChanged(dead.name());
        world.evict(there);
        world.run(300);

        assertThat(world.pods("shop")).extracting(Pod::uid).contains(there.uid());
    }

    private static Map<String, Object> container(Map<String, Object> spec, Map<String, Object> more) {
        Map<String, Object> container = Trees.of("name", "main", "image", "example/x:1");
        for (Map.Entry<String, Object> field : more.entrySet()) {
            container = Trees.with(container, field.getValue(), field.getKey());
        }
        return Trees.with(spec, List.of(container), "containers");
    }

    private Map<String, Object> bound(String name) {
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Trees.of("namespace", "web", "name", name, "labels", Map.of("app", name)),
                "spec",
                Trees.of(
                        "hostNetwork", true,
                        "nodeName", world.node(0).name(),
                        "containers",
                                List.of(Trees.of("name", "main", "ports", List.of(Trees.of("containerPort", 7777))))));
    }
}
