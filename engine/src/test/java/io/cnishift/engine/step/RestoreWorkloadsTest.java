package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreWorkloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RestoreWorkloadsTest {

    private static final RestoreWorkloads PARAMS = new RestoreWorkloads(List.of("s-1"));

    private final RestoreWorkloadsHandler handler = new RestoreWorkloadsHandler();
    private final FakeProgress progress = new FakeProgress();

    private static MakeWorkload workload(String name, String restart) {
        return Make.workload("Deployment", "web", name, 2).annotation(Restart.ANNOTATION, restart);
    }

    @Test
    void doesNothingOnTheWayThere() {
        Scene scene = Scene.of(workload("api", "m-1/s-1").build());

        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("way back");
    }

    @Test
    void takesTheRestartsOfItsStepsBackAndNoOthers() {
        Scene scene = Scene.of(
                workload("api", "m-1/s-1").build(),
                workload("other", "m-0/s-1").build(),
                Make.workload("Deployment", "web", "plain", 2).build());

        PatchObject act = (PatchObject) Scene.act(handler.back(scene.view(), PARAMS, progress));

        Map<String, Object> none = new HashMap<>();
        none.put(Restart.ANNOTATION, null);
        assertThat(act.object().toString()).isEqualTo("Deployment web/api");
        assertThat(act.patch())
                .isEqualTo(Map.of("spec", Map.of("template", Map.of("metadata", Map.of("annotations", none)))));
        progress.did(act, Map.of());
        scene.with(Make.workload("Deployment", "web", "api", 2).rolling(1, 1).build());
        assertThat(Scene.waiting(handler.back(scene.view(), PARAMS, progress))).contains("Deployment web/api");
        scene.with(Make.workload("Deployment", "web", "api", 2).build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("without the restarts");
    }

    @Test
    void aRestartThatIsLeftToItIsNotTakenBackByItsOwnStep() {
        Scene scene = Scene.of(workload("api", "m-1/s-1").build());

        assertThat(Scene.done(new RestartWorkloadsHandler()
                        .back(
                                scene.view(),
                                new RestartWorkloads(List.of("Deployment/web/api"), true, "later"),
                                progress)))
                .isEqualTo("left to later");
    }
}
