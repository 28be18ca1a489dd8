package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.World;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has state is touched by others while stateful-green moves to its second cluster. */
final class ChangedStateTest {

    private static final String CLAIM = "shop/data-orders-db-0";
    private static final ClusterSnapshot FIRST = Asked.scenario("stateful-green");
    private static final ClusterSnapshot SECOND = Asked.scenario("stateful-green-second");

    private static Moves moves() {
        return Moves.of("stateful-green", "stateful-green-second", Accepted.STOP);
    }

    private static Volume volume(World world, String claim) {
        return world.kubernetes().read(Set.of(Part.VOLUMES)).resources().stream()
                .map(Volume.class::cast)
                .filter(v -> v.claim().equals(Optional.of(claim)))
                .findFirst()
                .orElseThrow();
    }

    private static void patch(World world, ObjectRef object, Map<String, Object> spec) {
        world.kubernetes().perform(new PatchObject(object, PatchType.MERGE, Map.of("spec", spec), Optional.empty()));
    }

    private static ClusterSnapshot with(Resource... more) {
        return ClusterSnapshot.of(
                FIRST.source(),
                FIRST.takenAt(),
                Stream.concat(FIRST.resources(), Stream.of(more)).toList(),
                List.of());
    }

    private static Pod pod(Optional<Pod.OwnerRef> owner, List<Pod.PodVolume> volumes) {
        return new Pod(
                "shop",
                "orders-backup-29103120-x7k2p",
                "u1",
                "1",
                owner,
                Optional.empty(),
                Pod.Phase.RUNNING,
                true,
                Optional.empty(),
                false,
                List.of(),
                Map.of(),
                Map.of(),
                50,
                64,
                volumes,
                "orders-backup",
                30,
                false,
                0,
                Optional.empty(),
                Instant.EPOCH);
    }

    @Test
    void aVolumeThatWouldGoWithItsClaimIsNotClaimedThere() {
        Moves moves = moves();
        moves.applyTo("copy-settings");
        Volume files = volume(moves.first(), "media/files");
        moves.second()
                .kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "PersistentVolume",
                        "metadata",
                        Map.of("name", files.name()),
                        "spec",
                        Map.of(
                                "csi",
                                Map.of("driver", files.driver(), "volumeHandle", files.handle()),
                                "accessModes",
                                files.accessModes(),
                                "persistentVolumeReclaimPolicy",
                                "Delete"))));

        assertThat(moves.resumeTo("copy-volumes").report().findings())
                .extracting(Finding::code)
                .containsExactly("NEW-NOT-KEPT");
    }

    @Test
    void aVolumeThatWouldGoWithItsClaimKeepsItOnTheWayBack() {
        Moves moves = moves();
        moves.applyTo("prove-moved");
        String name = volume(moves.second(), CLAIM).name();
        patch(
                moves.second(),
                ObjectRef.of("v1", "PersistentVolume", name),
                Map.of("persistentVolumeReclaimPolicy", "Delete"));

        RunReport back =
                new Rollbacks(moves.runner()).turn(moves.to("prove-moved")).report();

        assertThat(back.findings()).extracting(Finding::code).containsExactly("NEW-NOT-KEPT");
        assertThat(volume(moves.second(), CLAIM).name()).isEqualTo(name);
    }

    @Test
    void whatHasMoreDisksThanThePlanKnowsDoesNotMove() {
        Moves moves = moves();
        moves.applyTo("prove-second");
        patch(moves.first(), ObjectRef.of("apps/v1", "StatefulSet", "shop", "orders-db"), Map.of("replicas", 3));

        RunReport stopped = moves.resumeTo("prove-moved").report();

        assertThat(stopped.findings()).extracting(Finding::code).containsExactly("NEW-STATE-CHANGED");
        assertThat(moves.ready(moves.first(), "StatefulSet/shop/orders-db")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aVolumeThatIsNoMoreIsNotCalledKept() {
        StepOutcome outcome = new KeepVolumesHandler()
                .next(View.of(FIRST, SECOND), new KeepVolumes(List.of("pvc-gone")), new Begun());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StepOutcome.Blocked.class,
                        b -> assertThat(b.finding().subject()).isEqualTo("PersistentVolume pvc-gone"));
    }

    @Test
    void aDiskOfAPodThatNobodyScalesStays() {
        Volume disk = new Volume(
                "pvc-1",
                ClaimedVolumes.EBS,
                "vol-1",
                Optional.of("shop/scratch"),
                Optional.of("eu-west-1a"),
                List.of("ReadWriteOnce"),
                "Delete",
                Optional.empty());
        Pod user =
                pod(Optional.empty(), List.of(new Pod.PodVolume("persistentVolumeClaim", Optional.of("shop/scratch"))));

        assertThat(Asked.assess(new NewClusterStrategy(), with(disk, user), SECOND, Map.of())
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-VOLUME-STAYS"))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains("pod shop/orders-backup-29103120-x7k2p");
    }

    @Test
    void jobsOfOneClusterEndBeforeThoseOfTheOtherBegin() {
        Pod running = pod(Optional.of(new Pod.OwnerRef("Job", "orders-backup-29103120", "u2")), List.of());
        List<Resource> suspended = FIRST.resources()
                .filter(r -> !r.key().equals("CronJob/shop/orders-backup"))
                .toList();
        ClusterSnapshot first = ClusterSnapshot.of(
                FIRST.source(),
                FIRST.takenAt(),
                Stream.concat(suspended.stream(), Stream.of(running)).toList(),
                List.of());

        assertThat(new HandOverJobsHandler()
                        .next(View.of(first, SECOND), new HandOverJobs(List.of("shop/orders-backup")), new Begun()))
                .isInstanceOfSatisfying(
                        StepOutcome.NotYet.class, n -> assertThat(n.reason()).contains("orders-backup-29103120-x7k2p"));
    }

    @Test
    void aCronJobThatThePlanDoesNotKnowIsNotCopied() {
        Moves moves = moves();
        moves.applyTo("copy-volumes");
        moves.first()
                .kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        "batch/v1",
                        "kind",
                        "CronJob",
                        "metadata",
                        Map.of("namespace", "shop", "name", "late"),
                        "spec",
                        Map.of(
                                "schedule",
                                "0 3 * * *",
                                "jobTemplate",
                                Map.of("spec", Map.of("template", Map.of("spec", Map.of("containers", List.of()))))))));

        assertThat(moves.resumeTo("copy-workloads").report().findings())
                .extracting(Finding::subject)
                .containsExactly("CronJob/shop/late");
    }

    @Test
    void aFileSystemOfASingleWriterMovesWithIt() {
        List<Resource> single = FIRST.resources()
                .map(r -> r instanceof Volume v && v.driver().equals(ClaimedVolumes.EFS)
                        ? new Volume(
                                v.name(),
                                v.driver(),
                                v.handle(),
                                v.claim(),
                                v.zone(),
                                List.of("ReadWriteOnce"),
                                v.reclaimPolicy(),
                                v.attachedTo())
                        : r)
                .toList();
        ClusterSnapshot first = ClusterSnapshot.of(FIRST.source(), FIRST.takenAt(), single, List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), first, SECOND, Map.of())
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-STOP"))
                .extracting(Finding::subject)
                .contains("Deployment media/media");
    }

    @Test
    void aSetThatLosesItsClaimsWhenItStopsIsNotStopped() {
        List<Resource> dropping = FIRST.resources()
                .map(r -> r instanceof Workload w && w.name().equals("orders-db") ? dropping(w) : r)
                .toList();
        ClusterSnapshot first = ClusterSnapshot.of(FIRST.source(), FIRST.takenAt(), dropping, List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), first, SECOND, Map.of())
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-CLAIMS-DROPPED"))
                .extracting(Finding::subject)
                .containsExactly("StatefulSet shop/orders-db");
    }

    private static Workload dropping(Workload w) {
        return new Workload(
                w.kind(),
                w.namespace(),
                w.name(),
                w.uid(),
                w.resourceVersion(),
                w.generation(),
                w.observedGeneration(),
                w.desired(),
                w.ready(),
                w.updated(),
                w.available(),
                w.updateStrategy(),
                w.maxSurge(),
                w.maxUnavailable(),
                w.paused(),
                w.selector(),
                w.labels(),
                w.templateLabels(),
                w.templateAnnotations(),
                w.podSpec(),
                w.claimTemplates(),
                true,
                w.eksFields(),
                w.heldFields(),
                w.owner());
    }
}
