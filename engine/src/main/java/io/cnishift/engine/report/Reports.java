package io.cnishift.engine.report;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.lock.LockHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes reports from a plan and a journal, and from nothing else. */
public final class Reports {

    private Reports() {}

    /** What came of a run that has ended. */
    public static RunResult ended(MigrationPlan plan, Journal journal, Optional<RuntimeException> failure) {
        JournalState state = journal.state();
        RunFold run = state.run();
        JournalRecord.Ended ended =
                run.ended().orElseThrow(() -> new IllegalArgumentException("the run has not ended"));
        RunReport report = new RunReport(
                journal.migration(),
                plan.strategy(),
                ended.outcome(),
                ended.end(),
                ended.notModelled(),
                duration(journal),
                steps(plan, journal),
                run.measures().services(),
                run.addresses(),
                ended.violations(),
                state.deferred(),
                ended.reason(),
                ended.findings(),
                run.measures().podsRestarted(),
                run.measures().podsRestartedMoreThanOnce(),
                Optional.empty(),
                List.of(),
                run.forecast(),
                run.guards(),
                List.of());
        return new RunResult(report, ended.cause(), run.held(), run.measures(), run.unsafe(), failure);
    }

    /** What came of a run that was refused before anything was changed. */
    public static RunResult blocked(MigrationPlan plan, Journal journal, String reason, List<Finding> findings) {
        return unbegun(plan, journal, RunOutcome.BLOCKED, StopCause.STALE, reason, findings);
    }

    /** What came of a run that did not begin, for the time is not one of its slice. */
    public static RunResult untimely(MigrationPlan plan, Journal journal, StopCause cause, String reason) {
        return unbegun(plan, journal, RunOutcome.PAUSED, cause, reason, List.of());
    }

    private static RunResult unbegun(
            MigrationPlan plan,
            Journal journal,
            RunOutcome outcome,
            StopCause cause,
            String reason,
            List<Finding> findings) {
        RunReport report = new RunReport(
                journal.migration(),
                plan.strategy(),
                outcome,
                Optional.empty(),
                List.of(),
                duration(journal),
                steps(plan, journal),
                journal.state().run().measures().services(),
                journal.state().run().addresses(),
                List.of(),
                journal.state().deferred(),
                reason,
                findings,
                journal.state().run().measures().podsRestarted(),
                journal.state().run().measures().podsRestartedMoreThanOnce(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
        return new RunResult(report, cause, Optional.empty(), Measures.NONE, List.of(), Optional.empty());
    }

    /** Where a run stands. */
    public static StatusReport status(MigrationPlan plan, Journal journal, Optional<LockHolder> lock) {
        JournalState state = journal.state();
        RunFold run = state.run();
        return new StatusReport(
                journal.migration(),
                plan.strategy(),
                run.ended().map(JournalRecord.Ended::outcome),
                run.ended().flatMap(JournalRecord.Ended::end),
                run.ended().map(JournalRecord.Ended::notModelled).orElse(List.of()),
                duration(journal),
                steps(plan, journal),
                run.measures().services(),
                run.addresses(),
                run.ended().map(JournalRecord.Ended::violations).orElse(List.of()),
                state.deferred(),
                run.ended().map(JournalRecord.Ended::reason).orElse(""),
                run.ended().map(JournalRecord.Ended::findings).orElse(List.of()),
                run.measures().podsRestarted(),
                run.measures().podsRestartedMoreThanOnce(),
                lock,
                run.parkedAt().map(since -> new StatusReport.Parked(since, run.unsafe())),
                Next.step(plan, journal, lock.isPresent()),
                run.copyTrouble());
    }

    private static List<StepLine> steps(MigrationPlan plan, Journal journal) {
        BackTimes back = BackTimes.of(journal);
        return plan.phases().stream()
                .flatMap(phase -> phase.steps().stream()
                        .map(step -> line(phase, step, journal.state().trace(step.id()), back)))
                .toList();
    }

    private static StepLine line(MigrationPlan.Phase phase, MigrationPlan.Step step, StepTrace trace, BackTimes back) {
        Optional<BackTimes.Span> span =
                back.of(step.id()).filter(s -> trace.standing() == StepTrace.Standing.ROLLED_BACK);
        return new StepLine(
                step.id(),
                phase.id(),
                step.kind(),
                step.executor(),
                trace.standing(),
                span.map(BackTimes.Span::from).or(trace::startedAt),
                span.map(BackTimes.Span::to).or(trace::finishedAt),
                trace.detail());
    }

    private static Duration duration(Journal journal) {
        List<JournalLine> lines = journal.lines();
        if (lines.isEmpty()) {
            return Duration.ZERO;
        }
        Instant begin = lines.get(0).at();
        return Duration.between(begin, lines.get(lines.size() - 1).at());
    }
}
