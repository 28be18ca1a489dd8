package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.api.step.InstallRelease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReleaseTest {

    private static final String AGENT = "DaemonSet/kube-system/cilium";
    private static final Map<String, Object> VALUES = Map.of("a", 1, "b", Map.of("c", true));
    private static final InstallRelease PARAMS = new InstallRelease(
            "kube-system", "cilium", "repo/cilium", "1.18.2", VALUES, List.of(AGENT), List.of(AGENT));
    private static final UpgradeRelease ACT =
            new UpgradeRelease("kube-system", "cilium", "repo/cilium", "1.18.2", VALUES);

    private final InstallReleaseHandler handler = new InstallReleaseHandler();
    private final FakeProgress progress = new FakeProgress();

    @Test
    void installsWaitsForTheAgentsAndDoesNotRestartNewPods() {
        Scene scene = new Scene();
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress))).isEqualTo(ACT);
        progress.did(ACT, Map.of());
        scene.with(Make.release("cilium", "1.18.2", "deployed", Map.of("a", 1L, "b", Map.of("c", true))));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("does not exist yet");
        scene.with(Make.workload("DaemonSet", "kube-system", "cilium", 3)
                .rolling(3, 2)
                .build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("3 of 3 pods updated, 2");
        scene.with(Make.workload("DaemonSet", "kube-system", "cilium", 3).build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).contains("runs with its values");
    }

    @Test
    void restartsAgentsAfterAChangeOfAnExistingRelease() {
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", Map.of("a", 2)),
                Make.workload("DaemonSet", "kube-system", "cilium", 3).build());
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress))).isEqualTo(ACT);
        progress.lost(ACT, Map.of("chartVersion", "1.18.2", "values", Map.of("a", 2)));
        scene.with(Make.release("cilium", "1.18.2", "deployed", VALUES));
        PatchObject restart = (PatchObject) Scene.act(handler.next(scene.view(), PARAMS, progress));
        assertThat(restart.patch()).isEqualTo(Map.of("spec", Map.of("template", Restart.template("m-1/s-1"))));
        scene.with(Make.workload("DaemonSet", "kube-system", "cilium", 3)
                .annotation(Restart.ANNOTATION, "m-1/s-1")
                .build());
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
    }

    @Test
    void stopsWhenAgentsCrashAgainAndAgain() {
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.workload("DaemonSet", "kube-system", "cilium", 3)
                        .rolling(3, 2)
                        .build(),
                Make.pod("kube-system", "cilium-x")
                        .ownedBy("DaemonSet", "cilium")
                        .notReady()
                        .restarts(4)
                        .born(FakeProgress.START.plusSeconds(1))
                        .build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(60))))
                .startsWith("STEP-CRASH-LOOP Pod kube-system/cilium-x")
                .contains("restarted 4 times");
    }

    @Test
    void waitsForAnotherHelmAndNamesOneThatDied() {
        Scene scene = Scene.of(Make.release("cilium", "1.18.2", "pending-upgrade", VALUES));
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("pending-upgrade");
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(900))))
                .startsWith("STEP-RELEASE-STUCK");
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress.resumed())))
                .isNotEmpty();
    }

    @Test
    void onASecondClusterItDoesTheSameWithActsOnThatOne() {
        InstallOnSecond there = new InstallOnSecond("kube-system", "cilium", "repo/cilium", "1.18.2", VALUES);
        InstallOnSecondHandler second = new InstallOnSecondHandler();
        OnSecond act = new OnSecond(ACT);
        assertThat(Scene.act(second.next(beside(Scene.of()), there, progress))).isEqualTo(act);

        View pending = beside(Scene.of(Make.release("cilium", "1.18.2", "pending-install", VALUES)));
        progress.lost(act, Map.of());
        assertThat(Scene.waiting(second.next(pending, there, progress))).contains("since our last act");
        assertThat(Scene.act(second.next(pending, there, progress.later(60)))).isEqualTo(act);

        Map<String, Object> read = Map.of("a", 1L, "b", Map.of("c", true));
        View done = beside(Scene.of(Make.release("cilium", "1.18.2", "deployed", read)));
        assertThat(Scene.done(second.next(done, there, progress))).contains("runs with its values");
    }

    private static View beside(Scene second) {
        ViewFeed first = new ViewFeed();
        first.second(second.view());
        return first.view();
    }

    @Test
    void triesAgainWhatItsOwnHelmLeftPending() {
        Scene scene = Scene.of(Make.release("cilium", "1.18.2", "pending-upgrade", VALUES));
        progress.lost(ACT, Map.of());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress.later(59))))
                .contains("since our last act");
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress.later(1))))
                .isEqualTo(ACT);
    }

    @Test
    void leavesToAPersonWhatAnotherHelmLeftPendingAfterItsOwnAct() {
        Scene scene = Scene.of(Make.release("cilium", "1.18.2", "pending-upgrade", VALUES));
        progress.lost(ACT, Map.of("revision", 4)).later(60);
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("is pending-upgrade");
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress.later(900))))
                .startsWith("STEP-RELEASE-STUCK");
    }

    @Test
    void doesNotTryAFailedReleaseAgainUntilResumed() {
        Scene scene = Scene.of(Make.release("cilium", "1.18.2", "failed", VALUES));
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress))).isEqualTo(ACT);
        progress.did(ACT, Map.of()).later(60);
        assertThat(Scene.failed(handler.next(scene.view(), PARAMS, progress))).contains("failed");
        progress.later(1).resumed();
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress))).isEqualTo(ACT);
    }

    @Test
    void ofWhatWasRefusedAFailedReleaseIsTriedAgainAfterAWhile() {
        Scene scene = Scene.of(Make.release("cilium", "1.18.2", "failed", VALUES));
        progress.refused(ACT, ActResult.Reason.UNAVAILABLE, "context deadline exceeded");
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("context deadline");
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress.later(60))))
                .isEqualTo(ACT);
    }

    @Test
    void uninstallsWhatWasNotThereBefore() {
        progress.did(ACT, Map.of()).later(600);
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.pod("kube-system", "cilium-x")
                        .ownedBy("DaemonSet", "cilium")
                        .build());
        UninstallRelease away = new UninstallRelease("kube-system", "cilium");
        assertThat(Scene.act(handler.back(scene.view(), PARAMS, progress))).isEqualTo(away);
        progress.did(away, Map.of());
        scene.without(Part.RELEASES, "kube-system/cilium");
        assertThat(Scene.waiting(handler.back(scene.view(), PARAMS, progress))).contains("pods of DaemonSet");
        scene.without(Part.PODS, "kube-system/cilium-x");
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("cilium is removed");
    }

    @Test
    void removesWhatTheAgentsLeft() {
        progress.did(ACT, Map.of()).later(600);
        progress.did(new UninstallRelease("kube-system", "cilium"), Map.of());
        Scene scene = Scene.of(new CiliumNode("n1", List.of(), OptionalInt.empty(), Optional.empty()));
        assertThat(Scene.act(handler.back(scene.view(), PARAMS, progress)))
                .isEqualTo(new DeleteObject(ObjectRef.of("cilium.io/v2", "CiliumNode", "n1"), Optional.empty()));
        scene.without(Part.CILIUM_NODES, "n1");
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress)))
                .contains("custom resource definitions stay");
    }

    @Test
    void doesNotRemoveTheCniOfRunningPods() {
        progress.did(ACT, Map.of()).later(600);
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.node("n1").build(),
                Make.pod("web", "api").on("n1").build(),
                Make.endpoint("web", "api", "10.244.0.5"));
        assertThat(Scene.blocked(handler.back(scene.view(), PARAMS, progress)))
                .startsWith("STEP-RELEASE-IN-USE")
                .contains("web/api");
    }

    @Test
    void aCniBehindAnotherOneLeavesWithItsConfigurationWhilePodsRun() {
        Map<String, Object> leaving = Map.of("a", 1, "cni", Map.of("uninstall", true));
        InstallRelease params = new InstallRelease(
                "kube-system", "cilium", "repo/cilium", "1.18.2", VALUES, List.of(AGENT), List.of(AGENT), leaving);
        progress.did(ACT, Map.of()).later(600);
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.workload("DaemonSet", "kube-system", "cilium", 3).build(),
                Make.pod("web", "api-1").build(),
                Make.endpoint("web", "api-1", "10.0.0.9"));

        assertThat(Scene.act(handler.back(scene.view(), params, progress)))
                .isEqualTo(new UpgradeRelease("kube-system", "cilium", "repo/cilium", "1.18.2", leaving));
        scene.with(Make.release("cilium", "1.18.2", "deployed", leaving));
        PatchObject restart = (PatchObject) Scene.act(handler.back(scene.view(), params, progress));
        assertThat(restart.patch()).isEqualTo(Map.of("spec", Map.of("template", Restart.template("m-1/s-1/leaving"))));
        scene.with(Make.workload("DaemonSet", "kube-system", "cilium", 3)
                .annotation(Restart.ANNOTATION, "m-1/s-1/leaving")
                .build());
        assertThat(Scene.act(handler.back(scene.view(), params, progress)))
                .isEqualTo(new UninstallRelease("kube-system", "cilium"));
    }

    @Test
    void waitsForPodsOfNodesThatAreGone() {
        progress.did(ACT, Map.of()).later(600);
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.pod("logging", "agent").on("gone").build(),
                Make.endpoint("logging", "agent", "10.244.0.5"));
        assertThat(Scene.waiting(handler.back(scene.view(), PARAMS, progress)))
                .isEqualTo("waiting for pod logging/agent to go with its node");
    }

    @Test
    void goesBackToTheEarlierValuesAndRestartsTheAgents() {
        progress.did(ACT, Map.of("chartVersion", "1.18.1", "values", Map.of("a", 2)))
                .later(600);
        Scene scene = Scene.of(
                Make.release("cilium", "1.18.2", "deployed", VALUES),
                Make.workload("DaemonSet", "kube-system", "cilium", 3)
                        .annotation(Restart.ANNOTATION, "m-1/s-1")
                        .build());
        UpgradeRelease earlier = new UpgradeRelease("kube-system", "cilium", "repo/cilium", "1.18.1", Map.of("a", 2));
        assertThat(Scene.act(handler.back(scene.view(), PARAMS, progress))).isEqualTo(earlier);
        progress.did(earlier, Map.of());
        scene.with(Make.release("cilium", "1.18.1", "deployed", Map.of("a", 2)));
        assertThat(((PatchObject) Scene.act(handler.back(scene.view(), PARAMS, progress)))
                        .patch()
                        .toString())
                .contains("m-1/s-1/back");
        scene.with(Make.workload("DaemonSet", "kube-system", "cilium", 3)
                .annotation(Restart.ANNOTATION, "m-1/s-1/back")
                .build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("as before");
    }

    @Test
    void leavesAReleaseThatSomebodyUpgradedSince() {
        progress.did(ACT, Map.of("chartVersion", "1.18.1", "values", Map.of("a", 2)))
                .later(600);
        Scene scene = Scene.of(Make.release("cilium", "1.19.0", "deployed", VALUES));
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress)))
                .contains("was 1.18.1 before, was set to 1.18.2")
                .contains("now 1.19.0");
    }

    @Test
    void waitsWhenTheHelmPortIsBusy() {
        progress.refused(ACT, ActResult.Reason.BUSY, "another operation is in progress");
        assertThat(Scene.waiting(handler.next(new Scene().view(), PARAMS, progress)))
                .contains("another operation");
    }
}
