package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {

    private final Runs runs = new Runs();

    private static final MigrationPlan PLAN = Things.plan(
            Things.phase("one", Things.cordon("a").gated(new Gate(List.of("P-1", "P-2"), 3))),
            Things.phase("two", Things.cordon("b")));

    private RunResult judged(ProbeStatus... statuses) {
        Deque<ProbeStatus> script = new ArrayDeque<>(List.of(statuses));
        runs.probes.put("P-1", () -> ProbeStatus.PASS);
        runs.probes.put("P-2", () -> script.size() > 1 ? script.remove() : script.element());
        return runs.runner().apply(runs.request(PLAN));
    }

    @Test
    void opensAfterSoManyPassesInARow() {
        RunResult result = judged(ProbeStatus.PASS);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(runs.records(JournalRecord.GateJudged.class))
                .extracting(JournalRecord.GateJudged::passes)
                .containsExactly(1, 2, 3);
        assertThat(result.report().durationSeconds()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void beginsToCountAnewWhenAProbeFlaps() {
        judged(
                ProbeStatus.PASS,
                ProbeStatus.FAIL,
                ProbeStatus.PASS,
                ProbeStatus.PASS,
                ProbeStatus.UNKNOWN,
                ProbeStatus.PASS,
                ProbeStatus.WARN,
                ProbeStatus.SKIPPED);
        assertThat(runs.records(JournalRecord.GateJudged.class))
                .extracting(JournalRecord.GateJudged::passes)
                .containsExactly(1, 0, 1, 2, 0, 1, 2, 3);
    }

    @Test
    void doesNotCountFasterWhenTheClusterIsBusy() {
        for (int i = 1; i < 20; i++) {
            runs.world.later(
                    Duration.ofSeconds(i),
                    () -> runs.world.put(Things.node("b", runs.world.now().getEpochSecond(), false)));
        }
        assertThat(judged(ProbeStatus.PASS).report().durationSeconds()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void pausesWithAFailedVerificationWhenItStaysShut() {
        RunResult result = judged(ProbeStatus.UNKNOWN);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.cause()).isEqualTo(StopCause.GATE);
        assertThat(result.exitCode()).isEqualTo(ExitCode.VERIFICATION_FAILED);
        assertThat(result.report().reason()).contains("P-2 unknown: seen by P-2");
        assertThat(runs.world.cordoned("b")).isFalse();
        assertThat(runs.records(JournalRecord.Parked.class)).hasSize(1);
    }

    @Test
    void refusesAPlanWithAProbeThatNobodyBrings() {
        assertThatThrownBy(() -> runs.runner().apply(runs.request(PLAN))).hasMessageContaining("probe 'P-1'");
    }
}
