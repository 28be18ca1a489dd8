package io.cnishift.engine.run;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StopCause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why a run does not go on. */
record Stop(
        RunOutcome outcome,
        StopCause cause,
        String reason,
        List<Finding> findings,
        Optional<RuntimeException> failure) {

    Stop {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(cause);
        Objects.requireNonNull(reason);
        findings = List.copyOf(findings);
        Objects.requireNonNull(failure);
    }

    static Stop paused(StopCause cause, String reason) {
        return new Stop(RunOutcome.PAUSED, cause, reason, List.of(), Optional.empty());
    }

    static Stop blocked(StopCause cause, String reason, Finding finding) {
        return new Stop(RunOutcome.PAUSED, cause, reason, List.of(finding), Optional.empty());
    }

    static Stop failed(String reason) {
        return new Stop(RunOutcome.FAILED, StopCause.ERROR, reason, List.of(), Optional.empty());
    }

    /** An exception ends a run as failed, unless a person can do something about it. */
    static Stop thrown(String where, RuntimeException e) {
        boolean ask = e instanceof MigrationException known && known.disposition() != Disposition.ABORT;
        String reason = where
                + (e instanceof MigrationException known
                        ? known.getMessage() + "; " + known.remedy()
                        : e + "; this is a defect, report it with the output of --verbose");
        RunOutcome outcome = ask ? RunOutcome.PAUSED : RunOutcome.FAILED;
        return new Stop(outcome, StopCause.ERROR, reason, List.of(), Optional.of(e));
    }
}
