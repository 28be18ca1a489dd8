package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.RollNodes;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that cannot be had: mistake 28, and what Auto Scaling makes of one that could not: mistake 21. */
final class CapacityMistakesSimulationTest {

    private static final String ROLL = "roll-workers";

    /** Zone b has no capacity for the first launch. */
    private static final Map<String, String> ONE_FAILS = Map.of("zone-capacity", "b:1");

    private final Trial trial = new Trial();
    private final ClusterSnapshot reserved = Clusters.with().reservedFree(0).build();
    private final ClusterSnapshot full = Clusters.with().nodeLimit(3).build();

    @Test
    void aGroupInAFullReservationIsDrainedFirstAndThePlanSaysSo() {
        assertThat(trial.said(reserved, Map.of(), "OVL-SURGE-LIMITED"))
                .singleElement()
                .asString()
                .contains("node group workers", "capacity reservation cr-", "drained before its replacement is made");
        Rehearsed done = trial.run(reserved, trial.plan(reserved));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.nodes()).hasSize(3);
    }

    @Test
    void aSurgeBeyondTheReservationStopsBeforeAnythingIsDrained() {
        Rehearsed stopped = trial.run(reserved, surging(trial.plan(reserved)));

        assertThat(stopped.reason()).contains("STEP-NO-CAPACITY", "ReservationCapacityExceeded");
        assertThat(stopped.nodes()).hasSize(3).noneMatch(n -> n.unschedulable());
    }

    @Test
    void aClusterAtItsLimitOfNodesIsDrainedFirst() {
        Rehearsed done = trial.run(full, trial.plan(full));

        assertThat(done.complaints()).isEmpty();
    }

    @Test
    void aSurgeBeyondTheLimitStopsBeforeAnythingIsDrained() {
        Rehearsed stopped = trial.run(full, surging(trial.plan(full)));

        assertThat(stopped.reason()).contains("STEP-NO-CAPACITY", "VcpuLimitExceeded");
        assertThat(stopped.nodes()).hasSize(3).noneMatch(n -> n.unschedulable());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void newNodesStayWhereALaunchThatFailedPutThem(boolean selfManaged) {
        ClusterSnapshot cluster = behindNodePorts(selfManaged);
        Rehearsed done = trial.run(cluster, trial.plan(cluster), ONE_FAILS);

        assertThat(done.complaints()).isEmpty();
        assertThat(done.group("workers-overlay").suspendedProcesses())
                .as("what is held until the end")
                .isEmpty();
    }

    @Test
    void aNewGroupThatIsNotHeldEndsANodeInUse() {
        ClusterSnapshot cluster = behindNodePorts(false);
        MigrationPlan free = Edited.with(
                trial.plan(cluster),
                "park-autoscaling",
                ParkAutoscaling.class,
                p -> new ParkAutoscaling(p.groups(), p.processes(), List.of(), p.controllers()));

        assertThat(trial.run(cluster, free, ONE_FAILS).violations())
                .anyMatch(v -> v.startsWith("SIM-TARGET-LOST") && v.contains("in rotation"));
    }

    private static ClusterSnapshot behindNodePorts(boolean selfManaged) {
        Clusters cluster = Clusters.with().nodes(4).targetType("instance");
        return (selfManaged ? cluster.selfManaged() : cluster).build();
    }

    private static MigrationPlan surging(MigrationPlan plan) {
        return Edited.with(
                plan,
                ROLL,
                RollNodes.class,
                r -> new RollNodes(
                        r.from(),
                        r.to(),
                        1,
                        r.maxUnavailable(),
                        Map.of(),
                        r.singletons(),
                        r.deleteEmptyDirData(),
                        r.evictBarePods(),
                        r.consented(),
                        r.cniLabel(),
                        r.readyTaints(),
                        r.podCidr(),
                        r.maxPods(),
                        r.templateStep(),
                        r.drainTimeoutSeconds(),
                        r.mayRemain(),
                        r.proofPasses(),
                        r.apart(),
                        r.keep(),
                        r.later(),
                        r.extent()));
    }
}
