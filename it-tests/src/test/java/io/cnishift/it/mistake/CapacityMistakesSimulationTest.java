package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.step.RollNodes;
import io.cnishift.simulator.kit.Clusters;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Instances that cannot be had: mistake 28. */
final class CapacityMistakesSimulationTest {

    private static final String ROLL = "roll-workers";

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
