package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.report.StepLine;
import io.cnishift.engine.rollback.RollbackPlan;
import io.cnishift.engine.rollback.Rollbacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollbackTest {

    private static final MigrationPlan PLAN = Things.plan(
            Things.phase("fence", Things.hold("settings", "new", "cleanup"), Things.write("made", "ours")),
            Things.phase("proof", Things.scripted("idle")),
            Things.phase("roll", Things.cordon("a"), Things.cordon("b")));

    private static final List<Act> BACK = List.of(
            new UncordonNode("b", "uid-b"),
            new UncordonNode("a", "uid-a"),
            new DeleteObject(ObjectRef.of("v1", "ConfigMap", "kube-system", "made"), Optional.empty()),
            TinyKinds.applying("settings", "old"));

    private final Runs runs = new Runs();
    private final FakeWorld world = runs.world;

    @TempDir
    private Path state;

    private Rollbacks rollbacks() {
        return new Rollbacks(runs.runner());
    }

    private RollbackPlan plan(MigrationPlan plan, Optional<String> toPhase) {
        return rollbacks().plan(runs.request(plan), toPhase, () -> world.copy().world());
    }

    private RunResult back(MigrationPlan plan, Optional<String> toPhase) {
        return rollbacks().run(runs.request(plan), plan(plan, toPhase));
    }

    @Test
    void takesStepsBackInReverseOrderOfTheirFirstIntent() {
        Map<String, String> start = world.end();
        runs.runner().apply(runs.request(PLAN));
        world.acts.clear();
        RunResult result = back(PLAN, Optional.empty());
        assertThat(world.acts).isEqualTo(BACK);
        assertThat(world.end()).isEqualTo(start);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.report().steps()).extracting(StepLine::outcome).containsOnly(StepTrace.Standing.ROLLED_BACK);
        assertThatThrownBy(() -> runs.runner().resume(runs.request(PLAN)))
                .hasMessageContaining("has ended: rolledBack");
    }

    @Test
    void leavesWhatStoodThereBefore() {
        world.put(Things.node("a", 7, true));
        runs.runner().apply(runs.request(PLAN));
        back(PLAN, Optional.empty());
        assertThat(world.cordoned("a")).isTrue();
        assertThat(world.cordoned("b")).isFalse();
    }

    @Test
    void takesBackAStoppedRunFromTheMiddleOfAStep() {
        Map<String, String> start = world.end();
        Interrupt interrupt = new Interrupt();
        world.beforeAct = act -> {
            if (act instanceof CordonNode) {
                interrupt.request();
            }
        };
        runs.runner().apply(runs.request(PLAN).stoppedBy(interrupt));
        assertThat(world.cordoned("a")).isTrue();
        assertThat(runs.journal.state().done("cordon-a")).isFalse();
        world.beforeAct = act -> {};
        assertThat(plan(PLAN, Optional.empty()).order())
                .containsExactly("cordon-a", "idle", "write-made", "hold-settings");
        back(PLAN, Optional.empty());
        assertThat(world.end()).isEqualTo(start);
    }

    @Test
    void showsTheWayWithItsCostAndTouchesNothing() {
        MigrationPlan plan = Things.plan(
                Things.phase("fence", Things.write("settings", "new")),
                Things.phase(
                        "roll", Things.cordon("a").withoutReturn("the node is gone for good"), Things.scripted("s")));
        runs.kinds.back.put(
                "s",
                (view, progress) -> Duration.between(progress.underWaySince(), progress.now())
                                        .compareTo(Duration.ofMinutes(10))
                                >= 0
                        ? TinyKinds.done()
                        : new StepOutcome.NotYet(Duration.ofMinutes(10), "slow"));
        runs.runner().apply(runs.request(plan));
        int lines = runs.journal.lines().size();
        Map<String, String> end = world.end();
        RollbackPlan way = plan(plan, Optional.empty());
        assertThat(way.order()).containsExactly("s", "cordon-a", "write-settings");
        assertThat(way.steps().get(1).acts()).isEqualTo(1);
        assertThat(way.steps().get(1).undo()).containsExactly("kubectl uncordon a");
        assertThat(way.pointsOfNoReturn())
                .containsExactly(new RollbackPlan.NoReturn("cordon-a", "the node is gone for good"));
        assertThat(way.forecast().orElseThrow().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(way.forecast().orElseThrow().durationSeconds()).isEqualTo(Duration.ofMinutes(10));
        assertThat(way.forecast().orElseThrow().nodesToMake()).isZero();
        assertThat(runs.journal.lines()).hasSize(lines);
        assertThat(world.end()).isEqualTo(end);
    }

    @Test
    void countsTheNodesToMake() {
        MigrationPlan plan = Things.plan(Things.phase("roll", Things.scripted("s")));
        runs.runner().apply(runs.request(plan));
        FakeWorld copy = world.copy();
        runs.kinds.back.put("s", (view, progress) -> {
            if (view.node("c").isEmpty()) {
                copy.put(Things.node("c", 1, false));
                return TinyKinds.notYet("a node");
            }
            return TinyKinds.done();
        });
        RollbackPlan way = rollbacks().plan(runs.request(plan), Optional.empty(), copy::world);
        assertThat(way.forecast().orElseThrow().nodesToMake()).isEqualTo(1);
    }

    @Test
    void keepsPhasesUpToTheNamedOneAndGoesForwardAgain() {
        AtomicInteger idle = new AtomicInteger();
        runs.kinds.forward.put("idle", (view, progress) -> {
            idle.incrementAndGet();
            return TinyKinds.done();
        });
        runs.runner().apply(runs.request(PLAN).within(RunLimits.NONE.until("proof")));
        RunResult result = back(PLAN, Optional.of("fence"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(result.report().reason()).isEqualTo("back at the end of phase fence");
        assertThat(world.value("settings")).isEqualTo("new");
        assertThat(runs.journal.state().begun("idle")).isFalse();
        RunResult again = runs.runner().resume(runs.request(PLAN));
        assertThat(again.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(idle).hasValue(2);
        assertThat(runs.journal.state().run().rollback()).isEmpty();
        assertThatThrownBy(() -> plan(PLAN, Optional.of("fense"))).hasMessageContaining("no phase 'fense'");
    }

    @Test
    void refusesAWayThatAStepSaysIsBlockedAndSaysWhetherFinishingIsSafer() {
        Finding full = Finding.of("FULL", Severity.BLOCKER, "node group old", "needs 3 nodes, 1 fits", "add 2", "docs");
        MigrationPlan plan = Things.plan(
                List.of("roll"), Things.phase("fence", Things.scripted("s")), Things.phase("roll", Things.cordon("a")));
        runs.kinds.back.put("s", (view, progress) -> new StepOutcome.Blocked(full));
        runs.runner().apply(runs.request(plan));
        RollbackPlan way = plan(plan, Optional.empty());
        assertThat(way.refusal()).contains(full);
        assertThat(way.advice()).startsWith("finishing is the safer way");
        assertThatThrownBy(() -> rollbacks().run(runs.request(plan), way))
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.remedy()).startsWith("finishing is the safer way"))
                .hasMessage("node group old: needs 3 nodes, 1 fits");
        assertThat(runs.records(JournalRecord.RollbackBegun.class)).isEmpty();
        runs.kinds.forward.put("s", (view, progress) -> TinyKinds.notYet("never"));
        world.remove(io.cnishift.api.cluster.Part.NODES, "a");
        assertThat(plan(plan, Optional.empty()).advice()).contains("finishing does not reach its end either");
    }

    @Test
    void goesOnWithAWayBackWhereverItsProcessDies() {
        Map<String, String> start = world.end();
        for (int n = 1; n < 40; n++) {
            Runs dying = new Runs();
            StoredPlan plan = Runs.stored(PLAN);
            Migrations migrations =
                    new Migrations(state.resolve("run" + n), Codec.builder().build());
            String id;
            try (Journal journal = migrations.begin(plan, Things.START)) {
                id = journal.migration();
                dying.runner().apply(RunRequest.of(plan, journal, dying.world.world()));
            }
            boolean died = backUntil(n, dying, migrations, id, plan);
            dying.world.forgetWatches();
            if (died) {
                try (Journal journal = migrations.open(id)) {
                    RunRequest request = RunRequest.of(plan, journal, dying.world.world());
                    boolean begun = journal.state().run().rollback().isPresent();
                    RunResult result = begun ? dying.runner().resume(request) : finished(dying, request);
                    assertThat(result.report().outcome()).as("record " + n).isEqualTo(RunOutcome.ROLLED_BACK);
                }
            }
            assertThat(dying.world.end()).as("record " + n).isEqualTo(start);
            if (!died) {
                assertThat(n).isGreaterThan(15);
                return;
            }
        }
        throw new AssertionError("the way back never came to its end");
    }

    private static RunResult finished(Runs runs, RunRequest request) {
        return runs.runner().back(request, Optional.empty(), Rollbacks.order(request, Optional.empty()));
    }

    private static boolean backUntil(int record, Runs runs, Migrations migrations, String id, StoredPlan plan) {
        try (Journal journal = migrations.open(id).through(sink -> CrashingSink.before(record, sink))) {
            RunRequest request = RunRequest.of(plan, journal, runs.world.world());
            runs.runner().back(request, Optional.empty(), Rollbacks.order(request, Optional.empty()));
            return false;
        } catch (SimulatedCrash crash) {
            return true;
        }
    }

    @Test
    void holdsWhatIsNotTakenBackYet() {
        MigrationPlan plan = Things.plan(
                Things.phase("fence", Things.hold("settings", "new", "cleanup")),
                Things.phase("roll", Things.scripted("slow")));
        runs.runner().apply(runs.request(plan));
        AtomicInteger asked = new AtomicInteger();
        runs.kinds.back.put("slow", (view, progress) -> {
            if (asked.getAndIncrement() == 0) {
                world.later(Duration.ofSeconds(1), () -> world.put(Things.config("settings", "meddled")));
                return TinyKinds.notYet("slow");
            }
            assertThat(TinyKinds.value(view, "settings")).contains("new");
            return TinyKinds.done();
        });
        RunRequest request = runs.request(plan);
        runs.runner().back(request, Optional.empty(), Rollbacks.order(request, Optional.empty()));
        assertThat(asked).hasValue(2);
        assertThat(runs.records(JournalRecord.StepLapsed.class)).hasSize(1);
        assertThat(world.value("settings")).isEqualTo("old");
    }

    @Test
    void asksStepsAgainThatAHybridEndHadLeftOut() {
        AtomicInteger round = new AtomicInteger();
        runs.kinds.forward.put(
                "roll",
                (view, progress) -> new StepOutcome.Done(
                        "rolled",
                        round.getAndIncrement() == 0 ? List.of(new Deferred("a", "x/y", "its volume")) : List.of()));
        MigrationPlan plan = Things.plan(
                Things.phase("fence", Things.write("settings", "new")),
                Things.phase("roll", Things.scripted("roll")),
                Things.phase("remove-vpc-cni", Things.cordon("b")));
        assertThat(runs.runner().apply(runs.request(plan)).report().end())
                .contains(io.cnishift.engine.journal.RunEnd.HYBRID);
        back(plan, Optional.of("fence"));
        RunResult again = runs.runner().resume(runs.request(plan));
        assertThat(again.report().end()).contains(io.cnishift.engine.journal.RunEnd.COMPLETE);
        assertThat(world.cordoned("b")).isTrue();
    }
}
