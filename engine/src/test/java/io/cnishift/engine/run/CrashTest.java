package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.Migrations;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies at any record and is followed by another one reaches the same end. */
final class CrashTest {

    private static final Question QUESTION =
            Question.of(Question.From.NODE, "a", Question.To.POD, "x/y", Question.Protocol.TCP, 80);

    private static final MigrationPlan PLAN = Things.plan(
            Things.phase("fence", Things.hold("settings", "new", "cleanup")),
            Things.phase("proof", Things.scripted("proof")),
            Things.phase("roll", Things.cordon("a"), Things.cordon("b").gated(new Gate(List.of("P-1"), 2))),
            Things.phase("cleanup", Things.write("settings", "newest")));

    @TempDir
    private Path state;

    private Migrations migrations(String run) {
        return new Migrations(state.resolve(run), Codec.builder().build());
    }

    private static Runs fresh() {
        Runs runs = new Runs();
        runs.probes.put("P-1", () -> ProbeStatus.PASS);
        runs.world.later(Duration.ofSeconds(40), () -> runs.world.put(Things.config("ripe", "yes")));
        runs.world.later(Duration.ofSeconds(50), () -> runs.world.put(Things.config("settings", "meddled")));
        runs.kinds.forward.put("proof", (view, progress) -> {
            if (progress.answer(QUESTION).filter(Answer::reached).isEmpty()) {
                return new StepOutcome.Ask(List.of(QUESTION), "proof");
            }
            return TinyKinds.value(view, "ripe").isPresent() ? TinyKinds.done() : TinyKinds.notYet("unripe");
        });
        return runs;
    }

    /** Runs to the end by processes of which each but the last dies at the sink it is given. */
    private RunResult live(String name, Runs runs, BiFunction<Integer, JournalSink, JournalSink> death) {
        StoredPlan plan = Runs.stored(PLAN);
        Optional<RunResult> result = Optional.empty();
        Migrations migrations = migrations(name);
        for (int process = 0; result.isEmpty(); process++) {
            assertThat(process).as("processes").isLessThan(100);
            int number = process;
            UnaryOperator<JournalSink> dying = sink -> death.apply(number, sink);
            Journal journal = migrations
                    .latest()
                    .map(migrations::open)
                    .orElseGet(() -> migrations.begin(plan, Things.START))
                    .through(dying);
            try (journal) {
                RunRequest request =
                        RunRequest.of(plan, journal, runs.world.world()).within(RunLimits.THROUGH);
                result = Optional.of(
                        journal.isEmpty()
                                ? runs.runner().apply(request)
                                : runs.runner().resume(request));
            } catch (SimulatedCrash crash) {
                runs.world.forgetWatches();
            }
        }
        return result.orElseThrow();
    }

    private int records(String name) {
        Migrations migrations = migrations(name);
        return migrations.open(migrations.latest().orElseThrow()).lines().size();
    }

    @Test
    void reachesTheSameEndWhereverAProcessDies() {
        Runs undisturbed = fresh();
        assertThat(live("undisturbed", undisturbed, (process, sink) -> sink)
                        .report()
                        .outcome())
                .isEqualTo(RunOutcome.SUCCEEDED);
        int records = records("undisturbed");
        assertThat(records).isGreaterThan(25);
        for (int n = 1; n <= records; n++) {
            dyingAt(n, undisturbed, CrashingSink::before, "before");
            if (n < records) {
                dyingAt(n, undisturbed, CrashingSink::after, "after");
            }
        }
    }

    private void dyingAt(int record, Runs undisturbed, BiFunction<Long, JournalSink, JournalSink> death, String where) {
        Runs runs = fresh();
        RunResult result =
                live(where + record, runs, (process, sink) -> process == 0 ? death.apply((long) record, sink) : sink);
        assertThat(result.report().outcome()).as(where + " " + record).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(runs.world.end()).as(where + " " + record).isEqualTo(undisturbed.world.end());
        assertThat(runs.world.acts.size())
                .as("acts, " + where + " " + record)
                .isBetween(undisturbed.world.acts.size() - 1, undisturbed.world.acts.size());
        Migrations migrations = migrations(where + record);
        JournalState end = migrations.open(migrations.latest().orElseThrow()).state();
        assertThat(end.open()).isEmpty();
    }

    @Test
    void reachesTheSameEndWhenEveryProcessDiesAfterThreeRecords() {
        Runs undisturbed = fresh();
        live("undisturbed", undisturbed, (process, sink) -> sink);
        Runs runs = fresh();
        RunResult result = live("dying", runs, (process, sink) -> CrashingSink.after(3 + process / 10, sink));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(runs.world.end()).isEqualTo(undisturbed.world.end());
    }
}
