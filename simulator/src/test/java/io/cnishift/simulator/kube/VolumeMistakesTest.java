package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.ClusterBound;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of it when a volume is handed over in another way than it must be. */
final class VolumeMistakesTest {

    private static final String CLAIM = "data-orders-db-0";

    private final Simulation first = Simulation.pair(
            Asked.scenario("stateful-green"), Asked.scenario("stateful-green-second"), new Settings(1, Map.of()));
    private final Simulation second = first.second().orElseThrow();
    private final Map<String, Object> volume = first.kernel().objects().list("PersistentVolume").stream()
            .filter(v -> CLAIM.equals(Tree.text(v, "spec", "claimRef", "name").orElse("")))
            .findFirst()
            .orElseThrow();
    private final String name = Pods.key(volume).name();

    private void run(int seconds) {
        first.kernel().clock().runUntil(first.kernel().clock().now().plusSeconds(seconds));
    }

    private static void create(Simulation in, Map<String, Object> object) {
        assertThat(in.world().kubernetes().perform(new CreateObject(object)).done())
                .isTrue();
    }

    private void claimed(Map<String, Object> carried) {
        create(second, Trees.of("apiVersion", "v1", "kind", "Namespace", "metadata", Trees.of("name", "shop")));
        create(second, carried);
        create(
                second,
                Trees.of(
                        "apiVersion", "v1",
                        "kind", "PersistentVolumeClaim",
                        "metadata", Trees.of("namespace", "shop", "name", CLAIM),
                        "spec", Trees.of("volumeName", name, "accessModes", List.of("ReadWriteOnce"))));
    }

    private void pod(Map<String, Object> more) {
        create(
                second,
                Trees.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Trees.of("namespace", "shop", "name", "db"),
                        "spec",
                        Trees.with(
                                more,
                                List.of(Trees.of(
                                        "name", "data", "persistentVolumeClaim", Trees.of("claimName", CLAIM))),
                                "volumes")));
    }

    private static Map<String, Object> container() {
        return Trees.of("containers", List.of(Trees.of("name", "db", "image", "registry.example/db:1")));
    }

    private static void scale(World world, int replicas) {
        world.kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("apps/v1", "StatefulSet", "shop", "orders-db"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", replicas)),
                        Optional.empty()));
    }

    private static String errors(Kernel kernel) {
        return kernel.objects().list("VolumeAttachment").toString();
    }

    private String phase(Simulation in, String kind, String namespace, String object) {
        return in.kernel()
                .objects()
                .get(kind, namespace, object)
                .flatMap(o -> Tree.text(o, "status", "phase"))
                .orElse("gone");
    }

    @Test
    void aDiskThatAnotherClusterHasIsNotAttached() {
        claimed(ClusterBound.without(volume));
        pod(container());
        run(120);

        assertThat(errors(second.kernel())).contains("VolumeInUse").contains("attached=false");
        assertThat(phase(second, "Pod", "shop", "db")).isEqualTo("Pending");

        scale(first.world(), 0);
        run(600);
        assertThat(errors(second.kernel())).contains("attached=true");
        assertThat(phase(second, "Pod", "shop", "db")).isEqualTo("Running");
    }

    @Test
    void aDiskStaysInItsZone() {
        scale(first.world(), 0);
        run(120);
        claimed(Trees.without(ClusterBound.without(volume), "spec", "nodeAffinity"));
        String elsewhere = second.kernel().objects().list("Node").stream()
                .filter(n -> Tree.text(n, "metadata", "labels", "topology.kubernetes.io/zone")
                        .filter("eu-west-1c"::equals)
                        .isPresent())
                .map(n -> Pods.key(n).name())
                .findFirst()
                .orElseThrow();
        pod(Trees.with(container(), elsewhere, "nodeName"));
        run(60);

        assertThat(errors(second.kernel())).contains("InvalidVolume.ZoneMismatch");
    }

    @Test
    void aPodForADiskWaitsWhereNoNodeIsInItsZone() {
        scale(first.world(), 0);
        run(120);
        Map<String, Object> carried = ClusterBound.without(volume);
        claimed(carried);
        pod(Trees.with(container(), Map.of("topology.kubernetes.io/zone", "eu-west-1c"), "nodeSelector"));
        run(60);

        assertThat(second.kernel().objects().get("Pod", "shop", "db").orElseThrow().toString())
                .contains("volume node affinity conflict");
    }

    @Test
    void aVolumeThatIsMeantForAnotherUidIsReleased() {
        claimed(Trees.with(
                ClusterBound.without(volume), "00000000-0000-4000-8000-000000000000", "spec", "claimRef", "uid"));
        run(30);

        assertThat(phase(second, "PersistentVolume", "", name)).isEqualTo("Released");
        assertThat(phase(second, "PersistentVolumeClaim", "shop", CLAIM)).isNotEqualTo("Bound");
    }

    @Test
    void aClaimGoesAfterItsPodAndTakesTheDataAlong() {
        DeleteObject gone = new DeleteObject(
                ObjectRef.of("v1", "PersistentVolumeClaim", "shop", CLAIM), Optional.empty());
        first.world().kubernetes().perform(gone);
        run(30);
        assertThat(phase(first, "PersistentVolumeClaim", "shop", CLAIM)).isEqualTo("Bound");

        scale(first.world(), 0);
        run(60);
        assertThat(phase(first, "PersistentVolume", "", name)).isEqualTo("gone");
        assertThat(first.world().violations().get()).extracting(Finding::code).contains("SIM-DATA-LOST");
    }

    @Test
    void aVolumeThatIsRetainedOutlivesItsClaim() {
        first.world()
                .kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("v1", "PersistentVolume", name),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("persistentVolumeReclaimPolicy", "Retain")),
                        Optional.empty()));
        scale(first.world(), 0);
        run(60);
        first.world()
                .kubernetes()
                .perform(new DeleteObject(
                        ObjectRef.of("v1", "PersistentVolumeClaim", "shop", CLAIM), Optional.empty()));
        run(30);

        assertThat(phase(first, "PersistentVolume", "", name)).isEqualTo("Released");
        assertThat(first.world().violations().get()).extracting(Finding::code).doesNotContain("SIM-DATA-LOST");
    }
}
