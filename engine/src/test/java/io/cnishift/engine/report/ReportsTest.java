package io.cnishift.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Target;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.LockHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportsTest {

    record Nothing() {}

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    private static final Target TARGET = new Target("sim:a", "a", "1", "arn", "r", "uid");
    private static final MigrationPlan PLAN = new MigrationPlan(
            MigrationPlan.FORMAT,
            "overlay",
            TARGET,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new MigrationPlan.Phase(
                    "roll",
                    List.of(
                            MigrationPlan.Step.of("one", "k", new Nothing(), "", List.of(), ""),
                            MigrationPlan.Step.of("two", "k", new Nothing(), "", List.of(), "")))),
            Optional.empty());

    private final Journal journal = Journal.inMemory("m-1");

    private void write(int second, JournalRecord record) {
        journal.append(START.plusSeconds(second), record);
    }

    private void begin() {
        write(0, new JournalRecord.Begun("overlay", "d", TARGET, RunLimits.NONE, "me", Map.of()));
        write(1, new JournalRecord.StepBegun("one"));
        write(5, new JournalRecord.StepDone("one", "3 nodes", List.of(new Deferred("n", "a/b", "why"))));
        write(6, new JournalRecord.StepBegun("two"));
        write(7, new JournalRecord.Waiting("two", "node 3 of 40: waiting"));
        ServiceSeconds service = new ServiceSeconds("web", "api", 1, 2, Duration.ofMillis(1500), Duration.ZERO);
        Measures measures =
                new Measures(List.of(service), 1, 0, Map.of(), Map.of(), List.of(), 0, 0, Duration.ZERO, Map.of());
        write(8, new JournalRecord.Measured(measures, List.of(new AddressPoint(START, "subnet-1", 40))));
    }

    private void end(RunOutcome outcome, Optional<RunEnd> end, StopCause cause) {
        write(10, new JournalRecord.Ended(outcome, end, cause, "so it is", List.of(), List.of(), List.of()));
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, Object> json(Class<T> type, T value) {
        return (Map<String, Object>) Codec.builder().build().toTree(type, value, Style.RESULT);
    }

    @Test
    void writesTheRunAsPublished() {
        begin();
        end(RunOutcome.ROLLED_BACK, Optional.empty(), StopCause.FINISHED);
        Map<String, Object> json = json(
                RunReport.class, Reports.ended(PLAN, journal, Optional.empty()).report());
        assertThat(json.keySet())
                .startsWith(
                        "migrationId",
                        "strategy",
                        "outcome",
                        "end",
                        "notModelled",
                        "durationSeconds",
                        "steps",
                        "services",
                        "ipCurve",
                        "violations",
                        "deferred");
        assertThat(json).containsEntry("outcome", "rolledBack").containsEntry("end", null);
        assertThat(json).containsEntry("durationSeconds", 10);
        assertThat(json).containsEntry("podsRestarted", 1).containsEntry("podsRestartedMoreThanOnce", 0);
        assertThat(((List<?>) json.get("steps")).get(0).toString())
                .isEqualTo("{id=one, phase=roll, kind=k, executor=cnishift, outcome=done,"
                        + " startedAt=2026-11-21T01:00:01Z, finishedAt=2026-11-21T01:00:05Z, detail=3 nodes}");
        assertThat(((List<?>) json.get("services")).get(0).toString())
                .isEqualTo("{namespace=web, name=api, minReady=1, desired=2, secondsBelowMinimum=1.5,"
                        + " consentedSecondsBelowMinimum=0}");
        assertThat(json.get("ipCurve").toString()).isEqualTo("[{at=2026-11-21T01:00:00Z, subnet=subnet-1, used=40}]");
        assertThat(json.get("deferred").toString()).isEqualTo("[{node=n, pod=a/b, reason=why}]");
    }

    @Test
    void tellsWhereARunUnderWayStands() {
        begin();
        LockHolder holder = new LockHolder("mia", "laptop", "apply", START);
        StatusReport status = Reports.status(PLAN, journal, Optional.of(holder));
        assertThat(status.outcome()).isEmpty();
        assertThat(status.lock()).contains(holder);
        assertThat(status.parked()).isEmpty();
        assertThat(status.next()).isEqualTo("wait: step two: node 3 of 40: waiting");
        assertThat(status.durationSeconds()).isEqualTo(Duration.ofSeconds(8));
        assertThat(Reports.status(PLAN, journal, Optional.empty()).next())
                .isEqualTo("its process is gone: cnishift resume, or cnishift rollback");
        assertThat(json(StatusReport.class, status).keySet()).endsWith("lock", "parked", "next", "copyBehind");
    }

    @Test
    void aStepThatWasTakenBackHasTheTimesOfItsWayBack() {
        begin();
        write(20, new JournalRecord.RollbackBegun(Optional.empty(), List.of("two", "one"), "me"));
        write(50, new JournalRecord.StepBack("two", "is undone"));
        write(90, new JournalRecord.StepBack("one", "is undone too"));
        List<StepLine> steps = Reports.status(PLAN, journal, Optional.empty()).steps();
        assertThat(steps)
                .extracting(s -> s.startedAt().orElseThrow())
                .containsExactly(START.plusSeconds(50), START.plusSeconds(20));
        assertThat(steps)
                .extracting(s -> s.finishedAt().orElseThrow())
                .containsExactly(START.plusSeconds(90), START.plusSeconds(50));
    }

    @Test
    void tellsHowToGoOnFromAHold() {
        begin();
        write(9, new JournalRecord.Held("remove-vpc-cni"));
        write(9, new JournalRecord.Parked(List.of("old groups must not launch nodes")));
        end(RunOutcome.PAUSED, Optional.empty(), StopCause.HOLD);
        StatusReport status = Reports.status(PLAN, journal, Optional.empty());
        assertThat(status.outcome()).contains(RunOutcome.PAUSED);
        assertThat(status.parked().orElseThrow().since()).isEqualTo(START.plusSeconds(9));
        assertThat(status.parked().orElseThrow().unsafe()).containsExactly("old groups must not launch nodes");
        assertThat(status.next()).isEqualTo("cnishift resume --past remove-vpc-cni, or cnishift rollback");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, FINISHED, true, 0",
        "ROLLED_BACK, FINISHED, true, 0",
        "BLOCKED, STALE, false, 3",
        "FAILED, ERROR, true, 1",
        "NOT_MODELLED, FINISHED, true, 4",
        "PAUSED, GATE, true, 4",
        "PAUSED, HOLD, true, 5",
        "PAUSED, INTERRUPT, true, 5",
        "PAUSED, INTERRUPT, false, 130"
    })
    void exitsByOutcomeAndCause(RunOutcome outcome, StopCause cause, boolean begun, int code) {
        assertThat(ExitCode.of(outcome, cause, begun).number()).isEqualTo(code);
    }
}
