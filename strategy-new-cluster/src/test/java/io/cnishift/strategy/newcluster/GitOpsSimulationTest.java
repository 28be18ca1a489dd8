package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.CarryObject;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.ClusterState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The move where a GitOps tool brings the workloads; here a copy from outside of the run stands for it. */
final class GitOpsSimulationTest {

    private final Moves tool = Moves.of("minnie-wallace", "minnie-wallace-green", Accepted.LEFT_BEHIND);
    private final Moves moves = tool.with(Map.of("workloads", "gitops"));

    @Test
    void waitsForWhatIsToBeBroughtAndSaysWhatIsMissing() {
        RunReport waiting = moves.applyTo("shift-25").report();

        assertThat(waiting.outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(waiting.reason()).contains("await-workloads", "in the second cluster", "is not there yet");

        tool.applyTo("copy-ingresses");
        RunReport shifted = moves.resumeTo("shift-25").report();

        assertThat(shifted.reason()).isEqualTo("step shift-25 is done");
        assertThat(shifted.findings()).isEmpty();
    }

    @Test
    void leavesWhatWasBroughtWhereItIsOnTheWayBack() {
        tool.applyTo("copy-ingresses");
        ClusterState brought = ClusterState.of(tool.simulation().second().orElseThrow());
        moves.applyTo("shift-100");

        RunReport back = new Rollbacks(moves.runner()).turn(moves.to("shift-100")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(brought.differences(
                        ClusterState.of(tool.simulation().second().orElseThrow())))
                .isEmpty();
        assertThat(moves.acts(CarryObject.class)).isEmpty();
    }
}
