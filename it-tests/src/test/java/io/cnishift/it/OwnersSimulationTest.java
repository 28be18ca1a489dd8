package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.rehearse.Rehearsal;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A migration of which everything that can be written down is written by owners. */
final class OwnersSimulationTest {

    private static final String SCENARIO = "minnie-wallace";

    private final Bench bench = new Bench();
    private final MigrationPlan plan = bench.plan(SCENARIO, Map.of("executor", "owner"));
    private final Told told = new Told();

    @Test
    void ownersMakeWhatTheyStateAndCnishiftMovesPods() {
        RunResult result = bench.rehearsal()
                .run(
                        StoredPlan.of(plan, bench.files()),
                        bench.simulate(SCENARIO, 1).world(),
                        RunLimits.THROUGH,
                        told);

        assertThat(result.report().outcome()).as(result.report().reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().violations()).isEmpty();
        assertThat(told.left)
                .hasAtLeastOneElementOfType(CreateNodeGroup.class)
                .hasAtLeastOneElementOfType(UpgradeRelease.class)
                .hasAtLeastOneElementOfType(ApplyObject.class);
        assertThat(told.performed)
                .isNotEmpty()
                .noneMatch(act -> act instanceof CreateNodeGroup
                        || act instanceof UpgradeRelease
                        || act instanceof CreateTemplateVersion);
        assertThat(told.byOwners).isEmpty();
    }

    @Test
    void theWayBackIsAskedOfThemToo() {
        Rehearsal.Turn turn = bench.rehearsal()
                .turningAt(
                        "take-over-new-nodes",
                        StoredPlan.of(plan, bench.files()),
                        bench.simulate(SCENARIO, 1).world(),
                        told);

        assertThat(turn.back().report().outcome())
                .as(turn.back().report().reason())
                .isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(told.byOwners).isEmpty();
        assertThat(turn.back().report().steps())
                .filteredOn(s -> s.id().equals("fence-aws-node") || s.id().equals("route-old-pods-to-overlay"))
                .hasSize(2)
                .allSatisfy(s -> assertThat(s.detail()).doesNotContain("was not changed"));
    }

    /** What was done and what was left. */
    private static final class Told implements RunListener {
        private final List<Act> left = new ArrayList<>();
        private final List<Act> performed = new ArrayList<>();
        private final List<String> byOwners = new ArrayList<>();

        @Override
        public void left(MigrationPlan.Step step, Act act, View view) {
            left.add(act);
        }

        @Override
        public void performed(MigrationPlan.Step step, Act act, ActResult result) {
            performed.add(act);
            if (step.executor() == Executor.OWNER) {
                byOwners.add(step.id());
            }
        }
    }
}
