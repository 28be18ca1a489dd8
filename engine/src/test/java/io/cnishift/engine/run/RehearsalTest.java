package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.rehearse.Rehearsal;
import io.cnishift.engine.report.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RehearsalTest {

    private static final WorldFactory.Settings SETTINGS = new WorldFactory.Settings(1, Map.of());
    private static final MigrationPlan PLAN = Things.plan(
            List.of("roll"),
            Things.phase("fence", Things.write("settings", "new")),
            Things.phase("roll", Things.cordon("a"), Things.cordon("b")));

    private final Runs runs = new Runs();
    private final List<ClusterSnapshot> opened = new ArrayList<>();

    private Rehearsal rehearsal() {
        return new Rehearsal(runs.runner(), new Opening());
    }

    private final class Opening implements WorldFactory {
        @Override
        public World open(ClusterSnapshot snapshot, Settings settings) {
            opened.add(snapshot);
            return runs.world.world();
        }

        @Override
        public World open(ClusterSnapshot snapshot, ClusterSnapshot second, Settings settings) {
            throw new AssertionError("nothing here has a second cluster");
        }
    }

    @Test
    void runsPastAllHoldsInAFreshWorld() {
        ClusterSnapshot snapshot = Snapshots.of(new FakeWorld().world(), "sim:one");
        RunResult result = rehearsal().run(Runs.stored(PLAN), snapshot, SETTINGS, RunListener.NONE);
        assertThat(opened).containsExactly(snapshot);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.measures().requests().get("kubernetes")).isGreaterThan(0L);
    }

    @Test
    void turnsAtAStepAndComesBack() {
        Map<String, String> start = runs.world.end();
        Rehearsal.Turn turn =
                rehearsal().turningAt("cordon-a", Runs.stored(PLAN), runs.world.world(), RunListener.NONE);
        assertThat(turn.there().report().steps())
                .extracting(step -> step.outcome())
                .containsExactly(StepTrace.Standing.DONE, StepTrace.Standing.DONE, StepTrace.Standing.PENDING);
        assertThat(turn.back().report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(runs.world.end()).isEqualTo(start);
        assertThatThrownBy(() ->
                        rehearsal().turningAt("cordon-x", Runs.stored(PLAN), runs.world.world(), RunListener.NONE))
                .hasMessageContaining("no step 'cordon-x'");
    }

    @Test
    void goesOnByAnotherProcessWhereOneDied() {
        Rehearsal dying = rehearsal().dyingIn(List.of("cordon-a", "cordon-b"));

        RunResult result = dying.run(Runs.stored(PLAN), runs.world.world(), RunLimits.THROUGH, RunListener.NONE);

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().injected())
                .hasSize(2)
                .allMatch(l -> l.contains("the process died in the middle of it, another went on 5 minutes later"));
        assertThat(result.report().durationSeconds()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void diesOnTheWayThereAndTurnsAllTheSame() {
        Map<String, String> start = runs.world.end();

        Rehearsal.Turn turn = rehearsal()
                .dyingIn(List.of("write-settings", "cordon-b"))
                .turningAt("cordon-a", Runs.stored(PLAN), runs.world.world(), RunListener.NONE);

        assertThat(turn.back().report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(turn.back().report().injected())
                .hasSize(2)
                .anyMatch(l -> l.startsWith("kill@write-settings: the process died"))
                .contains("kill@cordon-b: did not happen, for the run did nothing in that step");
        assertThat(runs.world.end()).isEqualTo(start);
    }

    @Test
    void namesTheStepsWhenThereIsNoneToDieIn() {
        assertThatThrownBy(() -> rehearsal()
                        .dyingIn(List.of("cordon-x"))
                        .run(Runs.stored(PLAN), runs.world.world(), RunLimits.THROUGH, RunListener.NONE))
                .isInstanceOfSatisfying(MigrationException.class, e -> {
                    assertThat(e.getMessage()).isEqualTo("the plan has no step 'cordon-x'");
                    assertThat(e.remedy()).contains("its steps are write-settings, cordon-a, cordon-b");
                });
    }

    @Test
    void readsAWorldWhole() {
        runs.world.put(Things.config("more", "x"));
        ClusterSnapshot snapshot = Snapshots.of(runs.world.world(), "sim:one");
        assertThat(snapshot.nodes()).hasSize(2);
        assertThat(snapshot.configMaps()).hasSize(2);
        assertThat(snapshot.takenAt()).isEqualTo(Things.START);
        assertThat(runs.world.reads.keySet()).containsExactlyInAnyOrder(Part.values());
    }
}
