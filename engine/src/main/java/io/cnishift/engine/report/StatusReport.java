package io.cnishift.engine.report;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Deferred;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.lock.LockHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code status} prints as JSON: the document of {@link RunReport} for a run that is under way or stopped, and four
 * fields more. Additions only.
 *
 * @param outcome empty while the run is under way, or when its process died
 * @param durationSeconds from the begin of the run to its end, or to its last record
 * @param lock who works on the cluster now
 * @param parked since when the cluster stands parked, and what must not be done meanwhile
 * @param next what to do next, in words
 * @param copyBehind why the copy of the journal in the cluster is behind; empty when it is not, or there is none
 */
public record StatusReport(
        String migrationId,
        String strategy,
        Optional<RunOutcome> outcome,
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
        Optional<LockHolder> lock,
        Optional<Parked> parked,
        String next,
        Optional<String> copyBehind) {

    /** A cluster left in the middle of a migration. */
    public record Parked(Instant since, List<String> unsafe) {
        public Parked {
            Objects.requireNonNull(since);
            unsafe = List.copyOf(unsafe);
        }
    }

    public StatusReport {
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
        Objects.requireNonNull(lock);
        Objects.requireNonNull(parked);
        Objects.requireNonNull(next);
        Objects.requireNonNull(copyBehind);
    }
}
