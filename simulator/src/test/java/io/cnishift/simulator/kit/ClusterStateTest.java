package io.cnishift.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.ContainerEnv;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClusterStateTest {

    private final Simulation simulation = open();
    private final ClusterState start = ClusterState.of(open());

    private static Simulation open() {
        return Simulation.open(Asked.scenario("clean-cluster"), new Settings(1, Map.of()));
    }

    private List<String> differences() {
        return start.differences(ClusterState.of(simulation));
    }

    private String first(String kind) {
        return ObjectKey.of(simulation.kernel().objects().list(kind).iterator().next())
                .name();
    }

    @Test
    void aPodThatWasReplacedIsNoDifference() {
        Map<String, Object> pod = simulation.kernel().objects().list("Pod").stream()
                .filter(p -> ObjectKey.of(p).name().startsWith("coredns-"))
                .findFirst()
                .orElseThrow();
        ObjectKey key = ObjectKey.of(pod);
        simulation.kernel().objects().delete("Pod", key.namespace(), key.name(), Optional.empty());

        assertThat(differences()).isEmpty();
        assertThat(simulation.kernel().objects().get(key)).isEmpty();
    }

    /** Its name is a hash of the names of volume, driver and node. */
    @Test
    void anAttachmentToAnotherNodeIsNoDifference() {
        Simulation other = open();
        attach(other, "csi-one");
        attach(simulation, "csi-two");
        assertThat(ClusterState.of(other).differences(ClusterState.of(simulation)))
                .isEmpty();
        attach(simulation, "csi-three");
        assertThat(ClusterState.of(other).differences(ClusterState.of(simulation)))
                .containsExactly("volumeattachment *: is only in the other one");
    }

    private static void attach(Simulation to, String name) {
        to.kernel()
                .objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "storage.k8s.io/v1",
                                "kind",
                                "VolumeAttachment",
                                "metadata",
                                Trees.of("name", name),
                                "spec",
                                Trees.of("attacher", "ebs.csi.aws.com")),
                        "test");
    }

    /** They end by themselves. */
    @Test
    void aPodOfAJobIsNoDifferenceAndTheJobIs() {
        simulation
                .kernel()
                .objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "batch/v1",
                                "kind",
                                "Job",
                                "metadata",
                                Trees.of("namespace", "default", "name", "night"),
                                "spec",
                                Trees.of(
                                        "template",
                                        Trees.of(
                                                "spec",
                                                Trees.of(
                                                        "restartPolicy",
                                                        "Never",
                                                        "containers",
                                                        List.of(Trees.of("name", "a", "image", "a")))))),
                        "test");
        assertThat(differences()).containsExactly("job default/night: is only in the other one");
        assertThat(simulation.kernel().objects().list("Pod").stream()
                        .map(p -> ObjectKey.of(p).name()))
                .anyMatch(name -> name.startsWith("night-"));
    }

    @Test
    void aLabelOfOneNodeIsADifference() {
        simulation
                .kernel()
                .objects()
                .update("Node", "", first("Node"), "test", n -> Trees.with(n, "x", "metadata", "labels", "left"));

        assertThat(differences()).containsExactly("node *: metadata.labels.left is absent, in the other one 'x'");
    }

    @Test
    void theOrderOfVariablesIsNoDifferenceAndTheirValuesAre() {
        assertThat(setAgain("1").differences(ClusterState.of(open()))).isEmpty();
        assertThat(setAgain("2").differences(ClusterState.of(open())))
                .singleElement()
                .asString()
                .contains("value is '2'");
    }

    /** The cluster with the first variable of aws-node taken away and set again as the last one. */
    private static ClusterState setAgain(String value) {
        Simulation changed = open();
        changed.kernel().objects().update("DaemonSet", "kube-system", "aws-node", "test", daemonSet -> {
            Map<String, Object> spec = Tree.map(daemonSet, "spec", "template", "spec");
            Map<String, Object> without =
                    ContainerEnv.with(spec, "aws-node", Map.of("WARM_ENI_TARGET", Optional.empty()));
            Map<String, Object> with =
                    ContainerEnv.with(without, "aws-node", Map.of("WARM_ENI_TARGET", Optional.of(value)));
            return Trees.with(daemonSet, with, "spec", "template", "spec");
        });
        return ClusterState.of(changed);
    }

    @Test
    void anObjectMoreAndOneLessAreDifferences() {
        simulation.kernel().objects().delete("ConfigMap", "kube-system", "coredns", Optional.empty());
        simulation
                .kernel()
                .objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "ConfigMap",
                                "metadata",
                                Trees.of("namespace", "default", "name", "left")),
                        "test");

        assertThat(differences())
                .containsExactly(
                        "configmap default/left: is only in the other one",
                        "configmap kube-system/coredns: is not in the other one");
    }
}
