package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.step.RestartWorkloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RestartWorkloadsTest {

    private static final String DNS = "Deployment/kube-system/coredns";
    private static final String API = "Deployment/web/api";
    private final RestartWorkloadsHandler handler = new RestartWorkloadsHandler();
    private final FakeProgress progress = new FakeProgress();

    private static Workload restarted(MakeWorkload workload) {
        return workload.annotation(Restart.ANNOTATION, "m-1/s-1").build();
    }

    @Test
    void restartsOneAfterTheOther() {
        RestartWorkloads params = new RestartWorkloads(List.of(DNS, "Deployment/x/gone", API), false);
        Scene scene = Scene.of(
                Make.workload("Deployment", "kube-system", "coredns", 2).build(),
                Make.workload("Deployment", "web", "api", 2).build());
        assertThat(Scene.act(handler.next(scene.view(), params, progress)).target())
                .isEqualTo("Deployment kube-system/coredns");
        scene.with(restarted(
                Make.workload("Deployment", "kube-system", "coredns", 2).rolling(1, 2)));
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("coredns");
        scene.with(restarted(Make.workload("Deployment", "kube-system", "coredns", 2)));
        assertThat(Scene.act(handler.next(scene.view(), params, progress)).target())
                .isEqualTo("Deployment web/api");
        scene.with(restarted(Make.workload("Deployment", "web", "api", 2)));
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).isEqualTo("2 workloads restarted");
    }

    @Test
    void waitsUntilOldPodsThatStandInForNewOnesHaveEnded() {
        RestartWorkloads params = new RestartWorkloads(List.of(API), false);
        Scene scene = Scene.of(Make.workload("Deployment", "web", "api", 2).build());
        Scene.act(handler.next(scene.view(), params, progress));
        scene.with(
                restarted(Make.workload("Deployment", "web", "api", 2)),
                Make.pod("web", "api-old").of("api").build(),
                Make.pod("web", "api-1").of("api").build(),
                Make.pod("web", "api-2").of("api").build());
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress)))
                .startsWith("waiting for Deployment web/api: ")
                .contains("of 3 old and new ones available");
        scene.without(Part.PODS, "web/api-old");
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).isEqualTo("1 workload restarted");
    }

    @Test
    void skipsWorkloadsWhosePodsAreAllOnTheNewCni() {
        RestartWorkloads params = new RestartWorkloads(List.of(DNS), true);
        Scene scene = Scene.of(
                Make.workload("Deployment", "kube-system", "coredns", 2).build(),
                Make.pod("kube-system", "coredns-1").of("coredns").build(),
                Make.endpoint("kube-system", "coredns-1", "10.244.0.2"),
                Make.pod("kube-system", "coredns-2").of("coredns").build());
        assertThat(Scene.acts(handler.next(scene.view(), params, progress))).hasSize(1);
        scene.with(Make.endpoint("kube-system", "coredns-2", "10.244.0.3"));
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).startsWith("0 workloads");
    }

    @Test
    void waitsForItsOwnRestartEvenWhenNoPodIsLeftToMove() {
        RestartWorkloads params = new RestartWorkloads(List.of(DNS), true);
        Scene scene = Scene.of(restarted(
                Make.workload("Deployment", "kube-system", "coredns", 2).rolling(2, 1)));
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("1 available");
    }

    @Test
    void namesWhatItCannotRestart() {
        RestartWorkloads params = new RestartWorkloads(List.of("DaemonSet/x/agent", API), false);
        Scene scene = Scene.of(
                Make.workload("DaemonSet", "x", "agent", 2)
                        .strategy("OnDelete", "", "")
                        .build(),
                Make.workload("Deployment", "web", "api", 2).paused().build());
        assertThat(Scene.done(handler.next(scene.view(), params, progress)))
                .isEqualTo("0 workloads restarted; to be restarted by hand: DaemonSet x/agent, Deployment web/api");
    }

    @Test
    void takesItsAnnotationAwayOnTheWayBack() {
        RestartWorkloads params = new RestartWorkloads(List.of(API), false);
        Workload api = Make.workload("Deployment", "web", "api", 2).build();
        progress.did(Restart.act(api, "m-1/s-1"), Map.of("spec", Map.of("template", Map.of("metadata", Map.of()))))
                .later(600);
        Scene scene = Scene.of(restarted(Make.workload("Deployment", "web", "api", 2)));
        PatchObject act = (PatchObject) Scene.act(handler.back(scene.view(), params, progress));
        Map<String, Object> none = new HashMap<>();
        none.put("annotations", null);
        assertThat(act.patch()).isEqualTo(Map.of("spec", Map.of("template", Map.of("metadata", none))));
        scene.with(api);
        assertThat(Scene.done(handler.back(scene.view(), params, progress))).contains("as before");
    }
}
