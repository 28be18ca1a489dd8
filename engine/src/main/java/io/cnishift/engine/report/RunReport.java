package io.cnishift.engine.report;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.port.CallFigures;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.slice.Forecast;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code rehearse} and {@code apply} print as JSON: additions only.
 *
 * @param notModelled acts whose effect the rehearsal could not show
 * @param durationSeconds from the begin of the run to its end, pauses included
 * @param violations what the world itself saw go wrong
 * @param deferred nodes that stay on the old CNI
 * @param reason why the run ended where it did
 * @param findings what stands against going on
 * @param podsRestarted pods of Deployments, StatefulSets and the like that were moved at least once
 * @param podsRestartedMoreThanOnce those of them that were moved again
 * @param wayBack what going back came to, of a rehearsal that turned back
 * @param injected what came of the faults that a rehearsal was asked to inject
 * @param forecast how far the run was expected to come, of a run in a slice
 * @param guards what the samples of its guards amount to
 * @param calls requests that this process made to the APIs of a real cluster, by operation; those of a run before it are not counted
 */
public record RunReport(
        String migrationId,
        String strategy,
        RunOutcome outcome,
        Optional<RunEnd> end,
        List<String> notModelled,
        Duration durationSeconds,
        List<StepLine> steps,
        List<ServiceSeconds> services,
        List<AddressPoint> ipCurve,
        List<Finding> violations,
        List<Deferred> deferred,
        String reason,
        List<Finding> findings,
        int podsRestarted,
        int podsRestartedMoreThanOnce,
        Optional<BackCost> wayBack,
        List<String> injected,
        Optional<Forecast> forecast,
        List<GuardTally> guards,
        List<CallFigures> calls) {

    public RunReport {
        Objects.requireNonNull(migrationId);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(end);
        notModelled = List.copyOf(notModelled);
        Objects.requireNonNull(durationSeconds);
        steps = List.copyOf(steps);
        services = List.copyOf(services);
        ipCurve = List.copyOf(ipCurve);
        violations = List.copyOf(violations);
        deferred = List.copyOf(deferred);
        Objects.requireNonNull(reason);
        findings = List.copyOf(findings);
        Objects.requireNonNull(wayBack);
        injected = List.copyOf(injected);
        Objects.requireNonNull(forecast);
        guards = List.copyOf(guards);
        calls = List.copyOf(calls);
    }

    /** The same, with what going back came to. */
    public RunReport withWayBack(BackCost cost) {
        return with(Optional.of(cost), injected, calls);
    }

    /** The same, with what came of injected faults. */
    public RunReport withInjected(List<String> lines) {
        return with(wayBack, lines, calls);
    }

    /** The same, with the requests that were made meanwhile. */
    public RunReport withCalls(List<CallFigures> figures) {
        return with(wayBack, injected, figures);
    }

    private RunReport with(Optional<BackCost> cost, List<String> lines, List<CallFigures> figures) {
        return new RunReport(
                migrationId,
                strategy,
                outcome,
                end,
                notModelled,
                durationSeconds,
                steps,
                services,
                ipCurve,
                violations,
                deferred,
                reason,
                findings,
                podsRestarted,
                podsRestartedMoreThanOnce,
                cost,
                lines,
                forecast,
                guards,
                figures);
    }
}
