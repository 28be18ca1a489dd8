package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.RestoreAutoscaling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ParkingTest {

    private static final String CA = "Deployment/kube-system/cluster-autoscaler";
    private static final List<String> PROCESSES = List.of("Launch", "AZRebalance");
    private static final ParkAutoscaling PARAMS =
            new ParkAutoscaling(List.of("old"), PROCESSES, List.of(), List.of(CA));
    private static final PatchObject SCALED = new PatchObject(
            ObjectRef.of("apps/v1", "Deployment", "kube-system", "cluster-autoscaler"),
            PatchType.MERGE,
            Map.of("spec", Map.of("replicas", 0)),
            Optional.empty());

    private final ParkAutoscalingHandler handler = new ParkAutoscalingHandler();
    private final FakeProgress progress = new FakeProgress("park");
    private final Scene scene = Scene.of(
            Make.group("old", 3).autoRepair(true).suspended("AZRebalance").build(),
            Make.workload("Deployment", "kube-system", "cluster-autoscaler", 2).build());

    @Test
    void suspendsWhatRunsStopsRepairAndScalesControllersToNothing() {
        assertThat(Scene.acts(handler.next(scene.view(), PARAMS, progress)))
                .containsExactly(
                        SCALED, new SuspendProcesses("old", List.of("Launch")), new SetAutoRepair("old", false));
    }

    @Test
    void waitsForTheLastPodOfAController() {
        parked();
        scene.with(Make.pod("kube-system", "ca-1").of("cluster-autoscaler").build());
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("cluster-autoscaler");
        scene.without(io.cnishift.api.cluster.Part.PODS, "kube-system/ca-1");
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isEqualTo("1 group and 1 controller held");
    }

    @Test
    void lowersTheMaximumOnceWhereLaunchesStayPossible() {
        ParkAutoscaling params = new ParkAutoscaling(List.of("old"), List.of("AZRebalance"), List.of(), List.of());
        scene.with(Make.group("old", 3).size(1, 8, 3).suspended("AZRebalance").build());
        SetGroupSize size = new SetGroupSize("old", 1, 3, 3);
        assertThat(Scene.act(handler.next(scene.view(), params, progress))).isEqualTo(size);
        progress.did(size, Map.of());
        scene.with(Make.group("old", 3).size(0, 3, 2).suspended("AZRebalance").build());
        assertThat(Scene.done(handler.next(scene.view(), params, progress.later(600))))
                .isNotEmpty();
    }

    @Test
    void lowersTheMaximumAgainUntilItWasLowered() {
        ParkAutoscaling params = new ParkAutoscaling(List.of("old"), List.of("AZRebalance"), List.of(), List.of());
        scene.with(Make.group("old", 3).size(1, 8, 3).suspended("AZRebalance").build());
        SetGroupSize size = new SetGroupSize("old", 1, 3, 3);
        progress.refused(size, ActResult.Reason.THROTTLED, "Rate exceeded").later(60);
        assertThat(Scene.act(handler.next(scene.view(), params, progress))).isEqualTo(size);
        progress.lost(size, Map.of()).later(60);
        scene.with(Make.group("old", 3).size(1, 3, 3).suspended("AZRebalance").build());
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).isNotEmpty();
        // the roll takes a node and its place; the number of then would launch one
        scene.with(Make.group("old", 3).size(1, 3, 2).suspended("AZRebalance").build());
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).isNotEmpty();
    }

    @Test
    void keepsANewGroupFromEveningOutItsZonesOnceItIsThere() {
        ParkAutoscaling params = new ParkAutoscaling(List.of(), PROCESSES, List.of("new"), List.of());
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).isNotEmpty();
        scene.with(Make.group("new", 0).build());
        SuspendProcesses suspended = new SuspendProcesses("new", List.of("AZRebalance"));
        assertThat(Scene.act(handler.next(scene.view(), params, progress))).isEqualTo(suspended);
        progress.did(suspended, Map.of("suspendedProcesses", List.of())).later(60);
        scene.with(Make.group("new", 2).suspended("AZRebalance").build());
        assertThat(Scene.done(handler.next(scene.view(), params, progress)))
                .as("neither its size nor its launches are held")
                .isNotEmpty();
        FakeProgress cleanup = new FakeProgress("restore");
        cleanup.other("park").did(suspended, Map.of("suspendedProcesses", List.of()));
        assertThat(Scene.act(new RestoreAutoscalingHandler()
                        .next(scene.view(), new RestoreAutoscaling("park", List.of("old")), cleanup.later(60))))
                .isEqualTo(new ResumeProcesses("new", List.of("AZRebalance")));
    }

    @Test
    void waitsWhileTheGroupIsBeingUpdated() {
        ParkAutoscaling params = new ParkAutoscaling(List.of("old"), List.of(), List.of(), List.of());
        scene.with(Make.group("old", 3).autoRepair(true).status("UPDATING").build());
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("UPDATING");
    }

    @Test
    void takesADaemonSetAwayByASelector() {
        ParkAutoscaling params =
                new ParkAutoscaling(List.of(), List.of(), List.of(), List.of("DaemonSet/kube-system/kured"));
        scene.with(Make.workload("DaemonSet", "kube-system", "kured", 3).build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), params, progress));
        assertThat(act.patch().toString()).contains("cnishift.io/parked");
    }

    @Test
    void givesADaemonSetItsNodesBack() {
        ParkAutoscaling params =
                new ParkAutoscaling(List.of(), List.of(), List.of(), List.of("DaemonSet/kube-system/kured"));
        MakeWorkload kured = Make.workload("DaemonSet", "kube-system", "kured", 3);
        scene.with(kured.build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), params, progress));
        progress.did(act, Map.of("spec", Map.of("template", Map.of("spec", Map.of()))));
        scene.with(kured.spec(Map.of("nodeSelector", Map.of("cnishift.io/parked", "true")))
                .build());
        PatchObject back = (PatchObject) Scene.act(handler.back(scene.view(), params, progress.later(60)));
        assertThat(back.patch()).hasToString("{spec={template={spec={nodeSelector=null}}}}");
    }

    @Test
    void suspendsACronJobAndWaitsForItsLastRun() {
        ParkAutoscaling params =
                new ParkAutoscaling(List.of(), List.of(), List.of(), List.of("CronJob/kube-system/descheduler"));
        MakeWorkload cronJob = Make.workload("CronJob", "kube-system", "descheduler", 0);
        scene.with(cronJob.build());
        PatchObject act = (PatchObject) Scene.act(handler.next(scene.view(), params, progress));
        assertThat(act.object().apiVersion()).isEqualTo("batch/v1");
        assertThat(act.patch()).isEqualTo(Map.of("spec", Map.of("suspend", true)));

        progress.did(act, Map.of("spec", Map.of("suspend", false)));
        scene.with(
                cronJob.paused().build(),
                Make.pod("kube-system", "run")
                        .ownedBy("Job", "descheduler-29012345")
                        .build());
        assertThat(Scene.waiting(handler.next(scene.view(), params, progress))).contains("descheduler");
        scene.without(io.cnishift.api.cluster.Part.PODS, "kube-system/run");
        assertThat(Scene.done(handler.next(scene.view(), params, progress))).contains("1 controller held");

        PatchObject back = (PatchObject) Scene.act(handler.back(scene.view(), params, progress.later(60)));
        assertThat(back.patch()).isEqualTo(Map.of("spec", Map.of("suspend", false)));
    }

    @Test
    void blocksOnAKarpenterPool() {
        scene.with(Make.group("old", 3).kind(NodeGroup.Kind.KARPENTER).build());
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress))).startsWith("STEP-NOT-PARKABLE");
    }

    @Test
    void holdsLaunchesOnlyUntilTheRunTurnsBack() {
        parked();
        progress.later(60);
        scene.with(Make.group("old", 3).suspended("AZRebalance").build());
        assertThat(Scene.act(handler.next(scene.view(), PARAMS, progress)))
                .isEqualTo(new SuspendProcesses("old", List.of("Launch")));
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress.turnedBack())))
                .isNotEmpty();
    }

    @Test
    void restoresExactlyWhatStoodBefore() {
        parked();
        assertThat(Scene.acts(handler.back(scene.view(), PARAMS, progress.later(60))))
                .containsExactlyInAnyOrder(
                        new ResumeProcesses("old", List.of("Launch")), new SetAutoRepair("old", true));
        scene.with(
                Make.group("old", 3).autoRepair(true).suspended("AZRebalance").build());
        PatchObject back = (PatchObject) Scene.act(handler.back(scene.view(), PARAMS, progress));
        assertThat(back.patch()).isEqualTo(Map.of("spec", Map.of("replicas", 2L)));
        scene.with(Make.workload("Deployment", "kube-system", "cluster-autoscaler", 2)
                .build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress))).contains("earlier values");
    }

    @Test
    void leavesAControllerThatSomebodyScaledMeanwhile() {
        parked();
        scene.with(
                Make.group("old", 3).autoRepair(true).suspended("AZRebalance").build(),
                Make.workload("Deployment", "kube-system", "cluster-autoscaler", 1)
                        .build());
        assertThat(Scene.done(handler.back(scene.view(), PARAMS, progress.later(60))))
                .contains("spec.replicas was '2' before, was set to '0' and is now '1'");
    }

    @Test
    void restoresFromTheJournalOfTheParkStepButNotReplacedGroups() {
        RestoreAutoscalingHandler restore = new RestoreAutoscalingHandler();
        FakeProgress own = new FakeProgress("restore");
        record(own.other("park"));
        parkedView();
        scene.without(io.cnishift.api.cluster.Part.WORKLOADS, CA);
        own.later(60);
        assertThat(Scene.acts(restore.next(scene.view(), new RestoreAutoscaling("park", List.of()), own)))
                .hasSize(2);
        assertThat(Scene.done(restore.next(scene.view(), new RestoreAutoscaling("park", List.of("old")), own)))
                .isNotEmpty();
    }

    @Test
    void restoresTheMaximumOnlyWhileItIsOurs() {
        ParkAutoscaling params = new ParkAutoscaling(List.of("old"), List.of(), List.of(), List.of());
        progress.did(new SetGroupSize("old", 1, 3, 3), Map.of("minSize", 1L, "maxSize", 8L, "desiredSize", 3L))
                .later(60);
        scene.with(Make.group("old", 3).size(1, 3, 3).build());
        assertThat(Scene.act(handler.back(scene.view(), params, progress))).isEqualTo(new SetGroupSize("old", 1, 8, 3));
        scene.with(Make.group("old", 3).size(1, 5, 3).build());
        assertThat(Scene.done(handler.back(scene.view(), params, progress)))
                .contains("maxSize was 8 before, was set to 3 and is now 5");
    }

    private void parked() {
        record(progress);
        parkedView();
    }

    private static void record(FakeProgress journal) {
        Map<String, Object> before = Map.of("suspendedProcesses", List.of("AZRebalance"), "autoRepair", true);
        journal.did(SCALED, Map.of("spec", Map.of("replicas", 2L)));
        journal.lost(new SuspendProcesses("old", List.of("Launch")), before);
        journal.did(new SetAutoRepair("old", false), before);
    }

    private void parkedView() {
        scene.with(
                Make.group("old", 3).suspended("AZRebalance", "Launch").build(),
                Make.workload("Deployment", "kube-system", "cluster-autoscaler", 0)
                        .build());
    }
}
