package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.step.UseHostNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class HostNetworkTest {

    private static final Map<String, Object> PATCH = Map.of(
            "spec",
            Map.of(
                    "strategy",
                    Map.of("rollingUpdate", Map.of("maxSurge", 0, "maxUnavailable", 1)),
                    "template",
                    Map.of(
                            "spec",
                            Map.of(
                                    "hostNetwork",
                                    true,
                                    "containers",
                                    List.of(Map.of("name", "hook", "args", List.of("--port=10260")))))));
    private static final Map<String, Object> SERVICE_PATCH =
            Map.of("spec", Map.of("ports", List.of(Map.of("port", 443, "targetPort", 10260))));
    private static final UseHostNetwork PARAMS =
            new UseHostNetwork("Deployment/cert/hook", PATCH, Map.of("cert/hook", SERVICE_PATCH), Make.CILIUM);

    private final UseHostNetworkHandler handler = new UseHostNetworkHandler();
    private final FakeProgress progress = new FakeProgress();

    private static Map<String, Object> spec(boolean host, String port) {
        return Map.of(
                "hostNetwork",
                host,
                "containers",
                List.of(Map.of("name", "hook", "image", "i", "args", List.of("--port=" + port))));
    }

    private static MakeWorkload patched() {
        return Make.workload("Deployment", "cert", "hook", 2)
                .strategy("RollingUpdate", "0", "1")
                .spec(spec(true, "10260"));
    }

    private static MakeWorkload original() {
        return Make.workload("Deployment", "cert", "hook", 2)
                .strategy("RollingUpdate", "25%", "25%")
                .spec(spec(false, "10250"));
    }

    private static Service service(String target) {
        return new Service(
                "cert",
                "hook",
                "u",
                "1",
                "ClusterIP",
                Optional.empty(),
                Map.of("app", "hook"),
                List.of(new Service.Port("https", "tcp", 443, target, OptionalInt.empty())),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    @Test
    void reliesOnTheArgumentsThatItsPatchWritesWhole() {
        assertThat(handler.facts(Scene.of(original().build()).view(), PARAMS))
                .containsExactly(
                        Fact.equal("workloads/Deployment/cert/hook", "updateStrategy", "RollingUpdate"),
                        Fact.equal(
                                "workloads/Deployment/cert/hook",
                                "podSpec.containers[name=hook].args",
                                "[\"--port=10250\"]"));
    }

    @Test
    void patchesTheWorkloadThenItsServicesAndWaitsForTheRoll() {
        Scene scene = Scene.of(original().build(), service("10250"));
        assertThat(((PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress))).patch())
                .isEqualTo(PATCH);
        scene.with(patched().rolling(1, 1).build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(act.target()).isEqualTo("Service cert/hook");
        scene.with(service("10260"));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("1 of 2 pods updated");
        scene.with(patched().build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("on the host network");
    }

    @Test
    void aWaitSaysWhatAPodOfTheWorkloadWaitsFor() {
        Scene scene = Scene.of(
                patched().rolling(1, 1).build(),
                service("10260"),
                Make.pod("cert", "new")
                        .of("hook")
                        .on("n2")
                        .waiting("ImagePullBackOff: no route")
                        .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress)))
                .contains("; pod new on n2: ImagePullBackOff: no route");
    }

    @Test
    void aPodOfTheOldTemplateDoesNotStandInForTheNewOne() {
        MakeWorkload single = Make.workload("Deployment", "cert", "hook", 1).spec(spec(true, "10260"));
        Scene scene = Scene.of(
                single.strategy("RollingUpdate", "0", "1").build(),
                service("10260"),
                Make.pod("cert", "old").of("hook").on("n1").build(),
                Make.pod("cert", "new").of("hook").on("n2").notReady().build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress)))
                .contains("1 of 1 pods updated, 1 of 2 old and new ones available");
        scene.without(Make.pod("cert", "old").of("hook").on("n1").build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("on the host network");
    }

    @Test
    void namesADeadlockOnItsOwnPort() {
        Scene scene = Scene.of(
                patched().rolling(1, 1).build(),
                service("10260"),
                Make.node("n1").build(),
                Make.node("n2").cordoned(true).build(),
                Make.pod("cert", "old").of("hook").on("n1").hostPort(10260).build(),
                Make.pod("cert", "new")
                        .of("hook")
                        .phase(Pod.Phase.PENDING)
                        .hostPort(10260)
                        .born(FakeProgress.START)
                        .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress.later(60))))
                .isNotEmpty();
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(120))))
                .startsWith("STEP-HOST-PORT-DEADLOCK Deployment cert/hook")
                .contains("tcp/10260")
                .contains("cert/old");
        scene.with(Make.node("n3").build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
    }

    @Test
    void putsAllBack() {
        patchedByUs();
        Scene scene = Scene.of(patched().build(), service("10260"));
        PatchObject act = (PatchObject) Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(act.patch().toString())
                .contains("hostNetwork=null")
                .contains("--port=10250")
                .contains("25%");
        scene.with(original().build());
        assertThat(Scene.act(handler.back(scene.view(), PARAMS, progress)).target())
                .isEqualTo("Service cert/hook");
        scene.with(service("10250"));
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("as before");
    }

    @Test
    void keepsPodsOffNewNodesBeforeItTakesTheHostNetworkAway() {
        patchedByUs();
        Scene scene = Scene.of(
                patched().build(),
                service("10260"),
                Make.node("old-0").build(),
                Make.node("new-0").label(Make.CILIUM, "true").build());
        Act act = Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(act).isInstanceOf(CordonNode.class);
        assertThat(act.target()).isEqualTo("Node new-0");
    }

    @Test
    void leavesWorkloadAndServicesTogetherWhenSomebodyChangedOneField() {
        patchedByUs();
        Scene scene = Scene.of(patched().strategy("RollingUpdate", "0", "50%").build(), service("10260"));
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress)))
                .contains("were not restored")
                .contains("maxUnavailable was '25%' before, was set to '1' and is now '50%'");
    }

    private void patchedByUs() {
        Map<String, Object> before = Map.of(
                "spec",
                Map.of(
                        "strategy",
                        Map.of("rollingUpdate", Map.of("maxSurge", "25%", "maxUnavailable", "25%")),
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "containers",
                                        List.of(Map.of(
                                                "name", "hook", "image", "i", "args", List.of("--port=10250")))))));
        progress.did(
                new PatchObject(
                        Refs.of(original().build()), io.cnishift.api.act.PatchType.STRATEGIC, PATCH, Optional.empty()),
                before);
        progress.did(
                new PatchObject(
                        Refs.of(service("x")),
                        io.cnishift.api.act.PatchType.STRATEGIC,
                        SERVICE_PATCH,
                        Optional.empty()),
                Map.of("spec", Map.of("ports", List.of(Map.of("port", 443, "targetPort", 10250)))));
        progress.later(600);
    }
}
