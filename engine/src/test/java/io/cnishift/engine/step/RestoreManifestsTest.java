package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.RestoreManifests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RestoreManifestsTest {

    private static final Map<String, Object> WEB = Map.of(
            "apiVersion",
            "networking.k8s.io/v1",
            "kind",
            "NetworkPolicy",
            "metadata",
            Map.of("namespace", "shop", "name", "web"),
            "spec",
            Map.of("podSelector", Map.of()));
    private static final Act AGAIN = new ApplyObject(WEB);
    private static final RestoreManifests PARAMS = new RestoreManifests(List.of("withdraw-web", "withdraw-none"));

    private final RestoreManifestsHandler handler = new RestoreManifestsHandler();
    private final FakeProgress progress = new FakeProgress();

    RestoreManifestsTest() {
        progress.other("withdraw-web")
                .did(
                        new DeleteObject(
                                ObjectRef.of("networking.k8s.io/v1", "NetworkPolicy", "shop", "web"), Optional.empty()),
                        WEB);
    }

    @Test
    void makesAgainWhatWasThereAndNothingElse() {
        assertThat(Scene.act(handler.next(Scene.of().view(), PARAMS, progress))).isEqualTo(AGAIN);
    }

    /** Somebody may have changed it before the deletion was allowed. */
    @Test
    void goesByWhatStoodThereBeforeTheDeletionThatWasDone() {
        Act delete = new DeleteObject(
                ObjectRef.of("networking.k8s.io/v1", "NetworkPolicy", "shop", "api"), Optional.empty());
        progress.other("withdraw-api")
                .ended(delete, Map.of("spec", "old"), new ActResult.Refused(ActResult.Reason.ADMISSION, "no"))
                .did(delete, WEB);

        assertThat(Scene.act(handler.next(Scene.of().view(), new RestoreManifests(List.of("withdraw-api")), progress)))
                .isEqualTo(AGAIN);
    }

    @Test
    void isDoneOnceTheObjectIsSeen() {
        progress.did(AGAIN, Map.of());
        Scene scene = Scene.of(new NetworkPolicy("shop", "web", Map.of(), List.of(), true, false));

        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("are there");
    }

    @Test
    void isDoneWhereItsOwnerMadeItToo() {
        Scene scene = Scene.of(new NetworkPolicy("shop", "web", Map.of(), List.of(), true, false));

        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("are there");
    }

    @Test
    void makesItOnceMoreWhenSomebodyTookItAway() {
        progress.did(AGAIN, Map.of()).later(600);

        assertThat(Scene.act(handler.next(Scene.of().view(), PARAMS, progress))).isEqualTo(AGAIN);
    }
}
