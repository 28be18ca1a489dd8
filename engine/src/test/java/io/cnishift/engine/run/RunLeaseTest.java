package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalSink;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.lock.StoredObjects;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs under a Lease, on the clock of the fake world. */
final class RunLeaseTest {

    private static final LockHolder ME = new LockHolder("mia (4711)", "laptop", "apply", Things.START);
    private static final LockHolder YOU = new LockHolder("jo (42)", "desk", "resume", Things.START);
    private static final MigrationPlan PLAN = Things.plan(Things.phase("one", Things.cordon("a"), Things.cordon("b")));

    private final Runs runs = new Runs();
    private final FakeWorld world = runs.world;
    private final StoredObjects leases = new StoredObjects();

    private LeaseLock lock() {
        return LeaseLock.of(leases, world);
    }

    /** The process stands still, or the world is slow. */
    private void pass(Duration time) {
        Instant end = world.now().plus(time);
        while (world.now().isBefore(end)) {
            world.await(end);
        }
    }

    @Test
    void ofTwoRunnersOneRunsAndOneIsRefusedByTheNameOfTheOther() {
        List<String> refused = new ArrayList<>();
        world.beforeAct = act -> {
            try {
                new Runs().runner().apply(new Runs().request(PLAN).locked(lock(), YOU));
            } catch (MigrationException e) {
                refused.add(e.getMessage());
            }
        };
        RunResult result = runs.runner().apply(runs.request(PLAN).locked(lock(), ME));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(refused).hasSize(2).allMatch(message -> message.contains("mia (4711) on laptop (apply)"));
        assertThat(leases.objects).isEmpty();
    }

    @Test
    void whoWasStoppedPastHisLeaseDoesNotActAgain() {
        world.beforeAct = act -> {
            pass(Duration.ofSeconds(61));
            lock().takingOver(told -> {}).acquire(YOU);
        };
        RunResult result = runs.runner().apply(runs.request(PLAN).locked(lock(), ME));
        assertThat(world.acts).hasSize(1);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.cause()).isEqualTo(StopCause.LOCK);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(result.report().reason()).contains("jo (42) on desk");
        assertThat(runs.records(JournalRecord.Parked.class).get(0).unsafe().toString())
                .contains("neither checked nor mended");
        assertThat(lock().last()).contains(YOU);
    }

    @Test
    void whoIsStoppedBetweenIntentAndActDoesNotAct() {
        runs.journal = runs.journal.through(inner -> new SlowSink(inner));
        RunResult result = runs.runner().apply(runs.request(PLAN).locked(lock(), ME));
        assertThat(world.acts).isEmpty();
        assertThat(result.cause()).isEqualTo(StopCause.LOCK);
        assertThat(runs.records(JournalRecord.ActEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.result()).isInstanceOf(ActResult.Refused.class));
    }

    private final class SlowSink implements JournalSink {
        private final JournalSink inner;

        SlowSink(JournalSink inner) {
            this.inner = inner;
        }

        @Override
        public void write(JournalLine line) {
            inner.write(line);
            if (line.record() instanceof JournalRecord.ActIntended) {
                pass(Duration.ofSeconds(61));
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    @Test
    void theLeaseIsRenewedWhileTheRunWaits() {
        List<String> renewed = new ArrayList<>();
        runs.kinds.forward.put("s", (view, progress) -> {
            if (progress.now().isBefore(Things.START.plusSeconds(300))) {
                return new StepOutcome.NotYet(Duration.ofSeconds(300), "slow");
            }
            renewed.add(Tree.text(leases.get("Lease kube-system/cnishift").orElseThrow(), "spec", "renewTime")
                    .orElse(""));
            return new StepOutcome.Done("done", List.of());
        });
        RunResult result = runs.runner()
                .apply(runs.request(Things.plan(Things.phase("one", Things.scripted("s"))))
                        .locked(lock(), ME));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(renewed).first().asString().isGreaterThan("2026-11-21T01:04:30");
    }

    @Test
    void theLeaseIsRenewedBetweenTheQuestionsOfAGate() {
        for (int i = 0; i < 5; i++) {
            runs.questions.add(Question.of(From.POD_ON, "node-" + i, To.DNS, "a.b", Protocol.UDP, 53));
        }
        runs.probes.put("P-1", () -> ProbeStatus.PASS);
        world.network = question -> {
            pass(Duration.ofSeconds(22));
            return Answer.Verdict.REACHED;
        };
        MigrationPlan gated = Things.plan(
                Things.phase("one", Things.cordon("a").gated(new Gate(List.of("P-1"), 1)), Things.cordon("b")));
        RunResult result = runs.runner().apply(runs.request(gated).locked(lock(), ME));
        assertThat(result.report().outcome()).as(result.report().reason()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void theLeaseIsRenewedBetweenTheCallsOfALongReading() {
        world.watched.clear();
        world.beforeAct = act -> world.slowPages = 4;
        RunResult result = runs.runner().apply(runs.request(PLAN).locked(lock(), ME));
        assertThat(result.report().outcome()).as(result.report().reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).hasSize(2);
    }

    @Test
    void aLockThatIsBrokenUpStopsTheRunBeforeItsNextAct() {
        runs.kinds.forward.put("s", (view, progress) -> new StepOutcome.NotYet(Duration.ofHours(1), "slow"));
        world.later(Duration.ofMinutes(10), () -> lock().breakUp());
        Lock lock = lock();
        RunResult result = runs.runner()
                .apply(runs.request(Things.plan(Things.phase("one", Things.scripted("s"))))
                        .locked(lock, ME));
        assertThat(result.cause()).isEqualTo(StopCause.LOCK);
        assertThat(result.report().durationSeconds()).isLessThan(Duration.ofMinutes(11));
    }
}
