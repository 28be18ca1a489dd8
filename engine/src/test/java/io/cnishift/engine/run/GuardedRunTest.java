package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort.Verdict;
import io.cnishift.engine.guard.GuardBudget;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Guards of a run: samples of every ten seconds, a step that waits for ten minutes. */
final class GuardedRunTest {

    private static final Guard GUARD = Guard.parse("https://shop.example/health");
    private static final MigrationPlan PLAN =
            Things.plan(Things.phase("one", Things.scripted("s")), Things.phase("two", Things.cordon("a")));

    private final Runs runs = new Runs();
    private final FakeWorld world = runs.world;
    private final Instant ripe = world.now().plus(Duration.ofMinutes(10));

    private ScriptedGuards guards = new ScriptedGuards(world, at -> Verdict.GREEN);

    GuardedRunTest() {
        runs.kinds.forward.put(
                "s", (view, progress) -> progress.now().isBefore(ripe) ? TinyKinds.notYet("unripe") : TinyKinds.done());
    }

    private RunRequest request(String budget) {
        Guarding guarding = Guarding.of(List.of(GUARD)).within(GuardBudget.parse(budget));
        RunRequest plain = runs.request(PLAN);
        return new RunRequest(
                plain.plan(),
                plain.journal(),
                plain.world().guardedBy(guards),
                RunLimits.THROUGH.guarding(guarding),
                plain.lock(),
                plain.who(),
                plain.listener(),
                plain.interrupt(),
                plain.tags());
    }

    private void sees(Function<Duration, Verdict> verdict) {
        Instant start = world.now();
        guards = new ScriptedGuards(world, at -> verdict.apply(Duration.between(start, at)));
    }

    private static Function<Duration, Verdict> redFrom(long seconds) {
        return at -> at.toSeconds() >= seconds ? Verdict.RED : Verdict.GREEN;
    }

    @Test
    void runsToItsEndWhileAllIsGreenAndLooksNoMoreThen() {
        RunResult result = runs.runner().apply(request("1%/3"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().guards())
                .singleElement()
                .satisfies(t -> assertThat(t.taken()).isBetween(55L, 65L));
        assertThat(guards.open).isZero();
    }

    @Test
    void isRefusedBeforeAnyWriteWhileAGuardIsRed() {
        sees(redFrom(0));
        RunResult result = runs.runner().apply(request("1%/3"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.BLOCKED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BLOCKED);
        assertThat(result.report().findings()).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("GUARD-RED");
            assertThat(f.subject()).isEqualTo("guard " + GUARD);
        });
        assertThat(runs.journal.isEmpty()).isTrue();
        assertThat(world.acts).isEmpty();
        assertThat(guards.open).isZero();
    }

    @Test
    void isRefusedWhenAGuardCannotBeSampled() {
        sees(at -> Verdict.UNKNOWN);
        assertThat(runs.runner().apply(request("1%/3")).report().findings())
                .singleElement()
                .satisfies(f -> assertThat(f.code()).isEqualTo("GUARD-UNKNOWN"));
    }

    @Test
    void pausesParkedWhenABudgetIsSpentAndGoesOnWhenItIsResumed() {
        sees(at -> at.toSeconds() >= 100 && at.toSeconds() < 200 ? Verdict.RED : Verdict.GREEN);
        RunResult result = runs.runner().apply(request("5%/3"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.cause()).isEqualTo(StopCause.GUARD);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason())
                .contains("guard " + GUARD + " failed 3 times in a row")
                .contains("'cnishift resume m-1'");
        assertThat(result.report().durationSeconds()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(131));
        assertThat(runs.records(JournalRecord.Parked.class)).hasSize(1);
        assertThat(world.acts).isEmpty();

        world.later(Duration.ofMinutes(2), () -> {});
        world.await(world.now().plus(Duration.ofMinutes(2)));
        RunResult on = runs.runner().resume(request("5%/3"));
        assertThat(on.report().outcome()).as(on.report().reason()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void doesNotForgetWhatWasSpentWhenAProcessDies() {
        sees(at -> at.toSeconds() >= 100 ? Verdict.RED : Verdict.GREEN);
        RunRequest dying = request("50%/5");
        // begun, baseline, step, waiting, a count and two records of red samples
        RunRequest mortal = dying.on(dying.journal().through(sink -> CrashingSink.after(7, sink)));
        assertThatThrownBy(() -> runs.runner().apply(mortal)).isInstanceOf(SimulatedCrash.class);
        world.forgetWatches();
        runs.journal = mortal.journal();
        assertThat(runs.records(JournalRecord.Guarded.class)).hasSize(2);

        sees(at -> at.isZero() ? Verdict.GREEN : Verdict.RED);
        GuardTally before = runs.journal.state().run().guards().get(0);
        RunRequest again = request("2%/9").on(Journal.inMemory(runs.journal));
        RunResult result = runs.runner().resume(again);
        assertThat(before.red()).isEqualTo(2);
        assertThat(result.cause()).as(result.report().reason()).isEqualTo(StopCause.GUARD);
        assertThat(result.report().reason()).contains("failed 3 of ");
    }

    @Test
    void countsSilenceAsSamplesThatCannotBeTaken() {
        guards.last = world.now().plusSeconds(60);
        RunResult result = runs.runner().apply(request("5%/3"));
        assertThat(result.cause()).isEqualTo(StopCause.GUARD);
        assertThat(result.report().reason()).contains("could not be sampled: no sample came for");
    }
}
