package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.cluster.CiliumNodeConfig;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.RemoveManifest;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ManifestsTest {

    private static final Map<String, Object> CONFIG = object(
            "cilium.io/v2",
            "CiliumNodeConfig",
            Map.of("nodeSelector", Map.of("matchLabels", Map.of(Make.CILIUM, "true")), "defaults", Map.of("x", "y")));
    private static final Map<String, Object> HIDDEN = object("example.com/v1", "Thing", Map.of("a", 1));

    private final ApplyManifestHandler apply = new ApplyManifestHandler();
    private final RemoveManifestHandler remove = new RemoveManifestHandler();
    private final FakeProgress progress = new FakeProgress();

    private static Map<String, Object> object(String version, String kind, Map<String, Object> spec) {
        return Map.of(
                "apiVersion",
                version,
                "kind",
                kind,
                "metadata",
                Map.of("namespace", "kube-system", "name", "cilium-default"),
                "spec",
                spec);
    }

    @Test
    void looksAtWhatTheViewShows() {
        Scene scene = new Scene();
        ApplyManifest params = new ApplyManifest(CONFIG);
        assertThat(Scene.act(apply.next(scene.view(), params, progress))).isEqualTo(new ApplyObject(CONFIG));
        scene.with(
                new CiliumNodeConfig("kube-system", "cilium-default", Map.of(Make.CILIUM, "true"), Map.of("x", "z")));
        assertThat(Scene.acts(apply.next(scene.view(), params, progress))).hasSize(1);
        scene.with(Make.ciliumDefault());
        assertThat(Scene.done(apply.next(scene.view(), params, progress))).contains("is applied");
    }

    @Test
    void asksTheJournalForWhatTheViewDoesNotShow() {
        Scene scene = new Scene();
        ApplyManifest params = new ApplyManifest(HIDDEN);
        ApplyObject act = new ApplyObject(HIDDEN);
        assertThat(Scene.act(apply.next(scene.view(), params, progress))).isEqualTo(act);
        progress.lost(act, Map.of()).later(10);
        assertThat(Scene.act(apply.next(scene.view(), params, progress))).isEqualTo(act);
        progress.did(act, Map.of());
        assertThat(Scene.done(apply.next(scene.view(), params, progress))).isNotEmpty();
        DeleteObject away = (DeleteObject) Scene.act(apply.back(scene.view(), params, progress.later(1)));
        assertThat(away.object().kind()).isEqualTo("Thing");
        progress.did(away, HIDDEN);
        assertThat(Scene.done(apply.back(scene.view(), params, progress))).contains("as before");
    }

    @Test
    void putsAnEarlierObjectBack() {
        Map<String, Object> earlier = object("example.com/v1", "Thing", Map.of("a", 0));
        progress.did(new ApplyObject(HIDDEN), earlier).later(1);
        assertThat(Scene.act(apply.back(new Scene().view(), new ApplyManifest(HIDDEN), progress)))
                .isEqualTo(new ApplyObject(earlier));
    }

    @Test
    void leavesAnObjectThatSomebodyChangedSince() {
        progress.did(new ApplyObject(CONFIG), Map.of()).later(60);
        Scene scene = Scene.of(new CiliumNodeConfig(
                "kube-system", "cilium-default", Map.of(Make.CILIUM, "true"), Map.of("x", "theirs")));
        assertThat(Scene.done(apply.back(scene.view(), new ApplyManifest(CONFIG), progress)))
                .contains("was not restored");
    }

    @Test
    void removesAndMakesAgain() {
        RemoveManifest params = new RemoveManifest("cilium.io/v2", "CiliumNodeConfig", "kube-system", "cilium-default");
        Scene scene = Scene.of(Make.ciliumDefault());
        DeleteObject act = (DeleteObject) Scene.act(remove.next(scene.view(), params, progress));
        progress.did(act, CONFIG);
        scene.without(Part.CILIUM_NODE_CONFIGS, "kube-system/cilium-default");
        assertThat(Scene.done(remove.next(scene.view(), params, progress))).contains("is gone");
        assertThat(Scene.act(remove.back(scene.view(), params, progress))).isEqualTo(new ApplyObject(CONFIG));
        scene.with(Make.ciliumDefault());
        assertThat(Scene.done(remove.back(scene.view(), params, progress))).contains("as before");
    }
}
