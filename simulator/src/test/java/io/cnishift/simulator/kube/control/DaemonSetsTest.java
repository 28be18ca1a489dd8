package io.cnishift.simulator.kube.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission.Operation;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DaemonSetsTest {
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void runsOncePerNode() {
        daemon(Trees.of());
        world.run(60);

        assertThat(world.ready("agent"))
                .extracting(p -> p.node().orElseThrow())
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(world.workload("DaemonSet", "agent").settled()).isTrue();
    }

    @Test
    void aRevisionThatSomebodyTakesAwayIsWrittenAgain() {
        daemon(Trees.of());
        world.run(60);
        ObjectKey revision = world.store().list("ControllerRevision", "web").stream()
                .map(ObjectKey::of)
                .filter(key -> key.name().startsWith("agent-"))
                .findFirst()
                .orElseThrow();
        world.store().remove(revision.kind(), revision.namespace(), revision.name());
        world.change("DaemonSet", "agent", d -> Trees.with(d, "shop", "metadata", "labels", "team"));
        world.run(1);

        assertThat(world.store().get(revision)).isPresent();
        assertThat(world.ready("agent")).hasSize(3);
    }

    @Test
    void aNodeSelectorThatNoNodeMeetsEndsEveryPodAtOnce() {
        daemon(Trees.of());
        world.run(60);
        world.change(
                "DaemonSet",
                "agent",
                d -> Trees.with(d, Map.of("side", "old"), "spec", "template", "spec", "nodeSelector"));
        world.run(1);

        assertThat(world.pods("agent")).allMatch(Pod::terminating);
        world.run(30);
        assertThat(world.pods("agent")).isEmpty();
        assertThat(world.workload("DaemonSet", "agent").desired()).isZero();
    }

    @Test
    void labelledFirstNobodyLosesItsPodButEveryPodRolls() {
        daemon(Trees.of());
        world.run(60);
        List<String> before = world.pods("agent").stream().map(Pod::uid).toList();
        world.nodes().forEach(n -> world.changeNode(n.name(), t -> Trees.with(t, "old", "metadata", "labels", "side")));
        world.change(
                "DaemonSet",
                "agent",
                d -> Trees.with(d, Map.of("side", "old"), "spec", "template", "spec", "nodeSelector"));

        int fewest = 3;
        for (int i = 0; i < 240; i++) {
            world.run(1);
            fewest = Math.min(fewest, world.ready("agent").size());
        }

        assertThat(fewest).isEqualTo(2);
        assertThat(world.ready("agent")).hasSize(3).extracting(Pod::uid).doesNotContainAnyElementsOf(before);
    }

    @Test
    void rollsAsManyAtOnceAsMaxUnavailableRoundedUp() {
        daemon(Trees.of("rollingUpdate", Trees.of("maxUnavailable", "34%")));
        world.run(60);
        world.restart("DaemonSet", "agent", "1");

        int fewest = 3;
        for (int i = 0; i < 240; i++) {
            world.run(1);
            fewest = Math.min(fewest, world.ready("agent").size());
        }

        // 34 % of 3 nodes is 1.02
        assertThat(fewest).isEqualTo(1);
        assertThat(world.workload("DaemonSet", "agent").settled()).isTrue();
    }

    @Test
    void withSurgeEveryNodeIsServedAllTheTime() {
        daemon(Trees.of("rollingUpdate", Trees.of("maxSurge", 1, "maxUnavailable", 0)));
        world.run(60);
        world.restart("DaemonSet", "agent", "1");

        long fewest = 3;
        int most = 3;
        for (int i = 0; i < 240; i++) {
            world.run(1);
            fewest = Math.min(
                    fewest,
                    world.ready("agent").stream()
                            .map(p -> p.node().orElseThrow())
                            .distinct()
                            .count());
            most = Math.max(most, (int)
                    world.pods("agent").stream().filter(p -> !p.terminating()).count());
        }

        assertThat(fewest).isEqualTo(3);
        assertThat(most).isEqualTo(4);
        assertThat(world.workload("DaemonSet", "agent").settled()).isTrue();
    }

    @Test
    void withSurgeAnOldPodGoesOnceTheNewOneHasBeenReadyForLongEnough() {
        daemon(Trees.of("rollingUpdate", Trees.of("maxSurge", 1, "maxUnavailable", 0)));
        world.change("DaemonSet", "agent", d -> Trees.with(d, 60, "spec", "minReadySeconds"));
        world.run(120);
        world.restart("DaemonSet", "agent", "1");
        world.run(60);

        assertThat(world.ready("agent")).as("the first new pod is ready").hasSize(4);
        world.run(300);
        assertThat(world.ready("agent")).hasSize(3);
        assertThat(world.workload("DaemonSet", "agent").settled()).isTrue();
    }

    @Test
    void onDeleteChangesAPodOnlyWhenSomebodyDeletesIt() {
        daemon(Trees.of("type", "OnDelete"));
        world.run(60);
        world.restart("DaemonSet", "agent", "1");
        world.run(120);
        assertThat(world.workload("DaemonSet", "agent").updated()).isZero();

        Pod victim = world.pods("agent").get(0);
        world.store().delete("Pod", "web", victim.name(), java.util.Optional.empty());
        world.run(60);
        assertThat(world.workload("DaemonSet", "agent").updated()).isEqualTo(1);
    }

    @Test
    void runsOnCordonedNodesButNotOnTaintedOnes() {
        Node cordoned = world.node(0);
        Node tainted = world.node(1);
        world.changeNode(cordoned.name(), n -> Trees.with(n, true, "spec", "unschedulable"));
        world.changeNode(
                tainted.name(),
                n -> Trees.with(n, List.of(Trees.of("key", "dedicated", "effect", "NoSchedule")), "spec", "taints"));
        daemon(Trees.of());
        world.run(60);

        assertThat(world.ready("agent"))
                .extracting(p -> p.node().orElseThrow())
                .contains(cordoned.name())
                .doesNotContain(tainted.name());
    }

    @Test
    void aTaintThatForbidsSchedulingLeavesARunningPod() {
        daemon(Trees.of());
        world.run(60);
        world.changeNode(
                world.node(1).name(),
                n -> Trees.with(n, List.of(Trees.of("key", "dedicated", "effect", "NoSchedule")), "spec", "taints"));
        world.run(60);

        assertThat(world.ready("agent")).hasSize(3);
    }

    @Test
    void aNodeWhosePodWasRefusedGetsItOnceItIsAllowed() {
        boolean[] refuses = {true};
        world.kernel.objects().admit(request -> {
            if (refuses[0]
                    && request.operation() == Operation.CREATE
                    && ObjectKey.of(request.object()).kind().equals("Pod")) {
                throw new ApiRefusal(Reason.ADMISSION, "no pods now");
            }
            return request.object();
        });
        daemon(Trees.of());
        world.run(60);
        assertThat(world.pods("agent")).isEmpty();

        refuses[0] = false;
        world.run(600);

        assertThat(world.workload("DaemonSet", "agent").settled()).isTrue();
        assertThat(world.ready("agent")).hasSize(3);
    }

    @Test
    void theObservedGenerationSaysThatTheChangeWasSeen() {
        daemon(Trees.of());
        world.run(60);
        world.restart("DaemonSet", "agent", "1");
        Workload unseen = world.workload("DaemonSet", "agent");

        assertThat(unseen.generation()).isEqualTo(2);
        assertThat(unseen.observedGeneration()).isEqualTo(1);
        assertThat(unseen.settled()).isFalse();
        world.run(120);
        assertThat(world.workload("DaemonSet", "agent").observedGeneration()).isEqualTo(2);
    }

    private void daemon(Map<String, Object> strategy) {
        world.workload("DaemonSet", "agent", Trees.of("updateStrategy", strategy));
    }
}
