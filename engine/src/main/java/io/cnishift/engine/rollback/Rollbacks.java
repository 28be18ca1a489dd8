package io.cnishift.engine.rollback;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.BackCost;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.OwnEnd;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes runs back.
 *
 * <ol>
 *   <li>{@link #plan} computes the way from plan and journal, and rehearses it in a copy of the cluster as it is now.
 *   <li>A way on which a step says that the old side cannot take the load any more is refused with what the step says;
 *       then finishing is rehearsed too, and the advice says whether that works.
 *   <li>{@link #run} goes a way that is not refused.
 * </ol>
 */
public final class Rollbacks {

    private final Runner runner;

    public Rollbacks(Runner runner) {
        this.runner = Objects.requireNonNull(runner);
    }

    /**
     * The way back.
     *
     * @param request the run; its journal is read only
     * @param toPhase the last phase that stays
     * @param copies gives a fresh copy of the cluster as it is now, each time it is called
     */
    public RollbackPlan plan(RunRequest request, Optional<String> toPhase, Supplier<World> copies) {
        WayBack way = new WayBack(request.plan().plan(), request.journal(), toPhase);
        if (way.order().isEmpty() && ended(request, RunOutcome.ROLLED_BACK)) {
            throw MigrationException.user(
                    "RUN-STATE",
                    "migration " + request.journal().migration() + " has ended: " + RunOutcome.ROLLED_BACK,
                    "there is nothing to take back");
        }
        if (way.order().isEmpty()) {
            return plan(request, toPhase, way, Outlook.NOTHING);
        }
        if (OwnEnd.reached(request.plan().plan(), request.journal(), request.world())) {
            // there is no cluster of which a copy could be made to rehearse in
            Finding refusal = gone(request);
            return new RollbackPlan(
                    request.journal().migration(),
                    toPhase,
                    List.of(),
                    way.pointsOfNoReturn(),
                    Optional.empty(),
                    refusal.message(),
                    Optional.of(refusal),
                    refusal.remedy());
        }
        return plan(request, toPhase, way, outlook(request, toPhase, way, copies));
    }

    /** Goes a way back. Refused ways are not gone; the refusal's words are in the exception. */
    public RunResult run(RunRequest request, RollbackPlan plan) {
        plan.refusal().ifPresent(refusal -> {
            throw MigrationException.user(
                    "ROLLBACK-REFUSED", refusal.subject() + ": " + refusal.message(), plan.advice());
        });
        return runner.back(request, plan.toPhase(), plan.order());
    }

    private static RollbackPlan plan(RunRequest request, Optional<String> toPhase, WayBack way, Outlook outlook) {
        return new RollbackPlan(
                request.journal().migration(),
                toPhase,
                way.steps(),
                way.pointsOfNoReturn(),
                outlook.forecast(),
                outlook.unrehearsed(),
                outlook.refusal(),
                outlook.advice());
    }

    /** What the rehearsal said. */
    private record Outlook(Optional<Forecast> forecast, String unrehearsed, Optional<Finding> refusal, String advice) {
        static final Outlook NOTHING =
                new Outlook(Optional.empty(), "there is nothing to take back", Optional.empty(), "");
    }

    private static Finding gone(RunRequest request) {
        return Finding.of(
                "ROLLBACK-REFUSED",
                Severity.BLOCKER,
                "cluster " + request.plan().plan().cluster().name(),
                "this migration deleted it, and nothing makes it again",
                "the second cluster serves; "
                        + (succeeded(request)
                                ? "the migration has come to its end, and nothing is half done"
                                : "'cnishift resume' does what is left"),
                "cnishift explain ROLLBACK-REFUSED");
    }

    private Outlook outlook(RunRequest request, Optional<String> toPhase, WayBack way, Supplier<World> copies) {
        World copy;
        try {
            copy = copies.get();
        } catch (MigrationException e) {
            String why = e.getMessage() + "; " + e.remedy();
            return new Outlook(Optional.empty(), why, Optional.empty(), "");
        }
        BackRehearsal.Result result = new BackRehearsal(
                        runner, RunRequest.of(request.plan(), Journal.inMemory(request.journal()), copy))
                .go(toPhase, way.order());
        Optional<Forecast> forecast = Optional.of(result.forecast());
        RunReport report = result.run().report();
        if (report.outcome() == RunOutcome.ROLLED_BACK) {
            return new Outlook(forecast, "", Optional.empty(), "");
        }
        Finding refusal = report.findings().stream()
                .findFirst()
                .orElseGet(() -> Finding.of(
                        "ROLLBACK-REFUSED",
                        Severity.BLOCKER,
                        "migration " + report.migrationId(),
                        "the way back does not reach its end when it is rehearsed: " + report.reason(),
                        "mend what stops it, then give the command again; until then the cluster stays as it is",
                        "cnishift explain ROLLBACK-REFUSED"));
        return new Outlook(forecast, "", Optional.of(refusal), advice(request, copies.get(), refusal));
    }

    /** Whether going forward works where going back does not. */
    private String advice(RunRequest request, World copy, Finding refusal) {
        boolean over = succeeded(request);
        boolean goingBack = request.journal().state().run().rollback().isPresent();
        if (over || goingBack) {
            return over
                    ? refusal.remedy() + "; the migration has come to its end, and nothing is half done"
                    : refusal.remedy() + "; 'cnishift resume' then goes on with the way back";
        }
        RunReport finished = runner.resume(RunRequest.of(request.plan(), Journal.inMemory(request.journal()), copy)
                        .within(RunLimits.THROUGH))
                .report();
        return finished.outcome() == RunOutcome.SUCCEEDED
                ? "finishing is the safer way: it reaches its end when it is rehearsed; cnishift resume"
                : refusal.remedy() + "; finishing does not reach its end either: " + finished.reason();
    }

    private static boolean succeeded(RunRequest request) {
        return ended(request, RunOutcome.SUCCEEDED);
    }

    private static boolean ended(RunRequest request, RunOutcome outcome) {
        return request.journal()
                .state()
                .run()
                .ended()
                .map(JournalRecord.Ended::outcome)
                .filter(outcome::equals)
                .isPresent();
    }

    /** The steps that would be taken back, for a caller that goes there by itself. */
    public static List<String> order(RunRequest request, Optional<String> toPhase) {
        return new WayBack(request.plan().plan(), request.journal(), toPhase).order();
    }

    /** Takes a rehearsal back to its begin and says what that came to; blocked where a run that came as far could not be taken back. */
    public RunResult turn(RunRequest request) {
        if (OwnEnd.reached(request.plan().plan(), request.journal(), request.world())) {
            Finding refusal = gone(request);
            return Reports.blocked(
                    request.plan().plan(),
                    request.journal(),
                    refusal.subject() + ": " + refusal.message(),
                    List.of(refusal));
        }
        WayBack way = new WayBack(request.plan().plan(), request.journal(), Optional.empty());
        List<String> passed = way.pointsOfNoReturn().stream()
                .map(point -> point.step() + ": " + point.why())
                .toList();
        BackRehearsal.Result result = new BackRehearsal(runner, request).go(Optional.empty(), way.order());
        Forecast forecast = result.forecast();
        return result.run()
                .withWayBack(new BackCost(
                        forecast.durationSeconds(),
                        forecast.nodesToMake(),
                        forecast.addressesNeeded(),
                        forecast.podsRestarted(),
                        forecast.secondsBelowMinimum(),
                        passed));
    }
}
