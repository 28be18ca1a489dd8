package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.step.RemoveAddon;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RemoveAddonTest {

    private static final String AWS_NODE = "DaemonSet/kube-system/aws-node";
    private static final ObjectRef DAEMON_SET = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");
    private static final ObjectRef ACCOUNT = ObjectRef.of("v1", "ServiceAccount", "kube-system", "aws-node");
    private static final RemoveAddon PARAMS =
            new RemoveAddon("vpc-cni", List.of(AWS_NODE), List.of(DAEMON_SET, ACCOUNT), Make.CILIUM);

    private final RemoveAddonHandler handler = new RemoveAddonHandler();
    private final FakeProgress progress = new FakeProgress();
    private final Scene scene = Scene.of(
            Make.node("n1").label(Make.CILIUM, "true").build(),
            Make.awsNode(0).build(),
            Make.addon("vpc-cni", "ACTIVE", Map.of()));

    private static DeleteObject delete(ObjectRef ref) {
        return new DeleteObject(ref, Optional.empty());
    }

    @Test
    void deletesTheDaemonSetWithItsPreImageAndThenTheAddon() {
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress)))
                .containsExactly(delete(DAEMON_SET), new DeleteAddon("vpc-cni"));
        scene.without(Part.WORKLOADS, AWS_NODE).with(Make.addon("vpc-cni", "DELETING", Map.of()));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("being deleted");
        progress.did(new DeleteAddon("vpc-cni"), Map.of());
        scene.without(Part.ADDONS, "vpc-cni");
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isEqualTo("vpc-cni is removed");
    }

    @Test
    void refusesWhileANodeLacksTheLabelOfTheNewSide() {
        scene.with(Make.node("old").build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-CNI-STILL-NEEDED")
                .contains("old");
    }

    @Test
    void refusesWhileTheDaemonSetWantsNodes() {
        scene.with(Make.awsNode(1).build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("still wants 1 node");
        scene.with(Make.pod("kube-system", "aws-node-x")
                .ownedBy("DaemonSet", "aws-node")
                .on("n1")
                .build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress))).contains("still runs on 1 node");
    }

    @Test
    void deletesTheObjectsOfASelfManagedOne() {
        scene.without(Part.ADDONS, "vpc-cni");
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress)))
                .containsExactly(delete(DAEMON_SET), delete(ACCOUNT));
        progress.did(delete(ACCOUNT), Map.of());
        scene.without(Part.WORKLOADS, AWS_NODE);
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isEqualTo("vpc-cni is removed");
    }

    @Test
    void bringsTheDaemonSetBackWithTheSelectorOfTheFenceBeforeTheAddon() {
        Map<String, Object> daemonSet = Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DaemonSet",
                "metadata",
                Map.of("namespace", "kube-system", "name", "aws-node"),
                "spec",
                Map.of("template", Map.of("spec", Map.of("nodeSelector", Map.of("fence", "true")))));
        progress.did(delete(DAEMON_SET), daemonSet);
        progress.did(
                new DeleteAddon("vpc-cni"), Map.of("version", "v9", "configuration", Map.of("env", Map.of("A", "b"))));
        progress.later(600);
        scene.without(Part.ADDONS, "vpc-cni").without(Part.WORKLOADS, AWS_NODE);
        ApplyObject first = (ApplyObject) Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(first.object()).isEqualTo(daemonSet);
        progress.did(first, Map.of());
        scene.with(Make.awsNode(0).build());
        CreateAddon second = (CreateAddon) Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(second.version()).isEqualTo("v9");
        assertThat(second.configuration()).isEqualTo(Map.of("env", Map.of("A", "b")));
        scene.with(Make.addon("vpc-cni", "CREATING", Map.of()));
        assertThat(Scene.waiting(handler.back(scene.view(), PARAMS, progress))).contains("CREATING");
        scene.with(Make.addon("vpc-cni", "ACTIVE", Map.of()));
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("as before");
    }
}
