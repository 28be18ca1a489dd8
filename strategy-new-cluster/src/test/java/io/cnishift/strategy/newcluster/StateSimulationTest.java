package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What has state moves from stateful-green to its second cluster, by the engine. */
final class StateSimulationTest {

    private static final String CLAIM = "shop/data-orders-db-0";

    private final Moves moves = Moves.of("stateful-green", "stateful-green-second", Accepted.STOP);
    private final Simulation simulation = moves.simulation();
    private final World first = moves.first();
    private final World second = moves.second();

    private static Map<String, Volume> volumes(World world) {
        return world.kubernetes().read(Set.of(Part.VOLUMES)).resources().stream()
                .map(Volume.class::cast)
                .collect(Collectors.toMap(v -> v.claim().orElse(v.name()), v -> v));
    }

    @Test
    void aDiskIsTheSameOneOnTheOtherSide() {
        Volume before = volumes(first).get(CLAIM);

        RunResult run = moves.applyTo("prove-moved");

        Volume after = volumes(second).get(CLAIM);
        assertThat(run.report().findings()).isEmpty();
        assertThat(after.handle()).isEqualTo(before.handle());
        assertThat(after.zone()).isEqualTo(before.zone());
        assertThat(after.reclaimPolicy()).isEqualTo("Retain");
        assertThat(after.attachedTo()).isPresent();
        assertThat(volumes(first).get(CLAIM).attachedTo()).isEmpty();
        assertThat(volumes(first).get(CLAIM).reclaimPolicy()).isEqualTo("Retain");
    }

    @Test
    void whoRestsBeforeTheClientsFollowIsToldWhatTheyAreWithout() {
        RunResult run = moves.applyTo("prove-moved");

        assertThat(run.unsafe())
                .contains(
                        "until step shift-100 is done, clients of the first cluster get no answer from StatefulSet/shop/orders-db");
        assertThat(moves.resumeTo("shift-100").unsafe()).noneMatch(u -> u.contains("orders-db"));
    }

    @Test
    void whatADefinitionDefinesComesAfterIt() {
        moves.applyTo("copy-policies");

        assertThat(moves.names(second))
                .contains(
                        "CustomResourceDefinition/schedules.backup.example.com",
                        "Schedule.backup.example.com/shop/nightly",
                        "PriorityClass/business",
                        "StorageClass/gp3");
        assertThat(second.kubernetes()
                        .before(new DeleteObject(
                                ObjectRef.of("storage.k8s.io/v1", "StorageClass", "gp3"), Optional.empty())))
                .extractingByKey("metadata")
                .asString()
                .contains("is-default-class=false");
    }

    @Test
    void aFileSystemIsMountedInBothClustersAtOnce() {
        moves.applyTo("await-workloads");

        assertThat(volumes(second).get("media/files").handle())
                .isEqualTo(volumes(first).get("media/files").handle());
        assertThat(List.of(first, second))
                .allSatisfy(world ->
                        assertThat(moves.ready(world, "Deployment/media/media")).isEqualTo(2));
    }

    @Test
    void noServiceIsBelowItsMinimumButTheOneThatWasAccepted() {
        RunReport report = moves.applyTo("shift-100").report();

        assertThat(report.services()).allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.services())
                .filteredOn(s -> !s.consentedSecondsBelowMinimum().isZero())
                .extracting(s -> s.key())
                .containsExactly("shop/orders-db");
        assertThat(first.violations().get()).extracting(Finding::code).doesNotContain("SIM-DATA-LOST", "SIM-PATH-DOWN");
    }

    @Test
    void aConsentToEveryStopIsOneToThisOne() {
        Moves wide = Moves.of("stateful-green", "stateful-green-second", Accepted.EVERY_STOP);

        assertThat(wide.applyTo("shift-100").report().services())
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(wide.plan().accepted())
                .contains(Accepted.consent("NEW-STOP"), Accepted.stop("StatefulSet shop/orders-db"));
    }

    @Test
    void disksComeBackWithTheClients() {
        ClusterState start = ClusterState.of(simulation);
        ClusterState there = ClusterState.of(simulation.second().orElseThrow());
        moves.applyTo("shift-100");

        RunReport back =
                new Rollbacks(moves.runner()).turn(moves.to("shift-100")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
        assertThat(there.differences(ClusterState.of(simulation.second().orElseThrow())))
                .isEmpty();
        assertThat(volumes(first).get(CLAIM).attachedTo()).isPresent();
    }

    @Test
    void disksComeBackToNodesThatComeBack() {
        ClusterState start = ClusterState.of(simulation);
        moves.applyTo("empty-first");

        RunReport back =
                new Rollbacks(moves.runner()).turn(moves.to("empty-first")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(moves.ready(first, "StatefulSet/shop/orders-db")).isEqualTo(2);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }

    @Test
    void aClaimThatSomebodyMadeThereIsLeftAlone() {
        moves.applyTo("prove-second");
        moves.claim(second, "shop", "data-orders-db-0");

        RunResult stopped = moves.resumeTo("prove-moved");

        assertThat(stopped.report().findings()).extracting(Finding::code).containsExactly("NEW-CLAIM-UNBOUND");
        assertThat(Optional.ofNullable(volumes(second).get(CLAIM))).isEmpty();
    }
}
